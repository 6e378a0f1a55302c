// Written by scripts/train-grader from training/drafts; see GraderTraining. 1200 drafts.
// swift-format-ignore-file
enum GraderWeights {
    static let fingerprint = "f17bdc6a736cb56c824baa52833f99ba"

    /// cosine, rival_question, draft_question, both_question, same_part, first_of_part, better_answer, shared, jaccard, overlap, question_only_rival, question_draft, question_rival, question_only_draft, new_words, new_title_words, title_question, scope_question, title_shared, differs, agrees, asked_both, asked_differs, amount_draft, amount_rival, differs_cosine, differs_part, source_has_rival, rival_has_draft, denial, opposite, reversed, reversed_cosine, reversed_part, only, every, must, change, past, change_part, still, newer, older, days, newer_part, newer_change, model, new_names, menu, rival_length, draft_length, set_apart, rule, table.
    static let conflict = GraderModel(
        means: [0.4865, 0.3933, 0.4454, 0.3587, 0.3835, 0.425, -0.0619, 0.7681, 0.1029, 0.2124, 0.1427, 1.1076, 0.615, 0.7866, 2.7355, 1.54, 0.3007, 0.1931, 0.4108, 0.1704, 0.0369, 0.0984, 0.0806, 0.5517, 0.3961, 0.0958, 0.0729, 0.0301, 0.0763, 0.2571, 0.0486, 0.2651, 0.1254, 0.0963, 0.0566, 0.1175, 0.1199, 0.1384, 0.0172, 0.0555, 0.0344, 0.3204, 0.0129, 0.7659, 0.1308, 0.1464, 0.0166, 0.4213, 0.0062, 2.2023, 2.4315, 0.0886, 0.0467, 0.0154],
        scales: [0.1243, 0.1608, 0.163, 0.1513, 0.1664, 0.4943, 0.1492, 0.9416, 0.145, 0.2643, 0.3944, 0.9764, 0.8184, 0.8701, 1.7431, 0.995, 0.5237, 0.4459, 0.596, 0.3759, 0.1885, 0.2979, 0.2722, 0.4973, 0.4891, 0.2167, 0.1751, 0.171, 0.2654, 0.437, 0.215, 0.4414, 0.2171, 0.1811, 0.231, 0.322, 0.3249, 0.3453, 0.1301, 0.1529, 0.1824, 0.4666, 0.1129, 1.2945, 0.214, 0.3535, 0.1278, 0.7274, 0.0782, 0.4436, 0.3374, 0.2841, 0.2111, 0.123],
        weights: [0.1277, 0.1365, 0.075, 0.0598, 0.1866, -0.2306, 0.1262, 0.106, 0.077, 0.2411, 0.1729, -0.0148, 0.057, 0.1594, 0.2259, -0.0207, 0.0225, 0.0678, -0.2672, 0.0026, 0.1386, -0.0564, -0.03, -0.0562, -0.1884, -0.0511, 0.0669, -0.0135, -0.0879, -0.0175, -0.0099, -0.0287, -0.0422, 0.1263, 0.017, 0.0716, -0.0363, 0.1891, 0.0059, 0.1438, 0.0919, -0.1169, -0.1339, 0.3604, 0.0376, 0.054, -0.026, -0.1011, 0.0245, 0.0678, -0.3519, -0.2198, -0.0026, -0.0781],
        intercept: -0.207, threshold: -0.7104)

    /// several, parts, sentences, more_parts, later_part, cosine, mean_cosine, several_cosine, unquoted, unquoted_better, word_share, words, unquoted_words, words_missing, taken, is_taken, own_sentence, time_given, time_missing, money_given, money_missing, amount_given, amount_missing, where, where_path, why, who, yes_no, leans, leans_cosine, length, matter.
    static let coverage = GraderModel(
        means: [0.5095, 1.5286, 1.2847, 0.288, 0.2577, 0.3946, 0.3797, 0.1741, 0.3407, 0.0151, 0.3305, 1.0302, 0.0464, 2.098, 0.0528, 0.2268, 0.3506, 0.1269, 0.0335, 0.0815, 0.0519, 0.0592, 0.0131, 0.1197, 0.025, 0.0112, 0.0237, 0.3813, 0.3833, 0.1177, 2.2, 1.3297],
        scales: [0.4999, 0.5409, 0.489, 0.4528, 0.4374, 0.1874, 0.1877, 0.2184, 0.1704, 0.0364, 0.3279, 1.0149, 0.1295, 1.5373, 0.1258, 0.4188, 0.2354, 0.3328, 0.18, 0.2736, 0.2219, 0.2359, 0.1139, 0.3246, 0.1561, 0.1051, 0.152, 0.4857, 0.4862, 0.1885, 0.3882, 0.461],
        weights: [0.0966, -0.2084, -0.4873, 0.711, 0.2232, 0.0677, 0.1287, -0.4074, 0.0754, 0.1704, -0.1937, 0.3415, -0.0472, 0.1415, 0.4422, 0.7773, -0.0904, -0.1129, 0.0117, -0.0641, 0.1032, -0.0071, 0.0413, 0.1866, 0.1044, -0.0854, 0.0155, 0.0855, 0.0035, -0.1089, 0.3059, 0.3002],
        intercept: -2.9988, threshold: -2.04)
}
