// Written by scripts/train-grader from training/drafts; see GraderTraining. 1200 drafts.
// swift-format-ignore-file
enum GraderWeights {
    static let fingerprint = "f17bdc6a736cb56c824baa52833f99ba"

    /// cosine, rival_question, draft_question, both_question, same_part, first_of_part, better_answer, shared, jaccard, overlap, question_only_rival, question_draft, question_rival, question_only_draft, new_words, new_title_words, title_question, scope_question, title_shared, differs, agrees, asked_both, asked_differs, amount_draft, amount_rival, differs_cosine, differs_part, source_has_rival, rival_has_draft, denial, opposite, reversed, reversed_cosine, reversed_part, only, every, must, change, past, change_part, still, newer, older, days, newer_part, newer_change, model, new_names, menu, set_apart, rule, table.
    static let conflict = GraderModel(
        means: [0.4865, 0.3931, 0.445, 0.3586, 0.3828, 0.425, -0.0622, 0.7681, 0.1029, 0.2124, 0.1427, 1.1076, 0.615, 0.7866, 2.7355, 1.54, 0.3007, 0.1931, 0.4108, 0.1704, 0.0369, 0.0984, 0.0806, 0.5517, 0.3961, 0.0958, 0.0729, 0.0301, 0.0763, 0.2571, 0.0486, 0.2651, 0.1254, 0.0961, 0.0566, 0.1175, 0.1199, 0.1384, 0.0172, 0.0555, 0.0344, 0.3204, 0.0129, 0.7659, 0.1308, 0.1464, 0.0166, 0.4213, 0.0062, 0.0886, 0.0467, 0.0154],
        scales: [0.1243, 0.1609, 0.163, 0.1514, 0.1669, 0.4943, 0.1494, 0.9416, 0.145, 0.2643, 0.3944, 0.9764, 0.8184, 0.8701, 1.7431, 0.995, 0.5237, 0.4459, 0.596, 0.3759, 0.1885, 0.2979, 0.2722, 0.4973, 0.4891, 0.2167, 0.1749, 0.171, 0.2654, 0.437, 0.215, 0.4414, 0.2171, 0.181, 0.231, 0.322, 0.3249, 0.3453, 0.1301, 0.1529, 0.1824, 0.4666, 0.1129, 1.2945, 0.214, 0.3535, 0.1278, 0.7274, 0.0782, 0.2841, 0.2111, 0.123],
        weights: [0.1371, 0.1288, 0.1542, 0.0, 0.2623, 0.0, 0.1249, 0.0254, 0.0408, 0.2752, 0.2887, -0.1404, 0.1179, 0.2396, -0.0, -0.0163, 0.0769, -0.0059, -0.3646, 0.0, -0.0, -0.1054, 0.0, -0.1395, -0.4226, 0.0, 0.0689, -0.0083, -0.0269, -0.0947, -0.0126, 0.0, 0.0, 0.097, 0.0, 0.0612, 0.0, 0.2257, -0.0376, 0.1308, -0.0, 0.0, -0.2315, 0.4009, 0.0, 0.0035, -0.0375, -0.0824, 0.0405, -0.1513, 0.0314, -0.1386],
        intercept: -0.2621, threshold: -0.8355)

    /// several, parts, sentences, more_parts, later_part, cosine, mean_cosine, several_cosine, unquoted, unquoted_better, word_share, words, unquoted_words, words_missing, taken, is_taken, own_sentence, time_given, time_missing, money_given, money_missing, amount_given, amount_missing, where, where_path, why, who, yes_no, leans, leans_cosine, length, matter.
    static let coverage = GraderModel(
        means: [0.5156, 1.558, 1.2894, 0.3018, 0.264, 0.3929, 0.3779, 0.1753, 0.3392, 0.0152, 0.3302, 1.0228, 0.046, 2.0834, 0.0537, 0.2327, 0.3474, 0.1258, 0.0332, 0.0808, 0.0515, 0.0587, 0.013, 0.1186, 0.0248, 0.0111, 0.0235, 0.3827, 0.3853, 0.117, 2.1934, 1.323],
        scales: [0.4998, 0.5935, 0.4948, 0.459, 0.4408, 0.1873, 0.1877, 0.2176, 0.1704, 0.0364, 0.3294, 1.0137, 0.1291, 1.536, 0.1257, 0.4226, 0.2364, 0.3316, 0.1793, 0.2726, 0.221, 0.235, 0.1134, 0.3234, 0.1554, 0.1047, 0.1514, 0.486, 0.4867, 0.1869, 0.3878, 0.4637],
        weights: [0.1633, -0.2867, -0.5204, 0.7191, 0.2257, 0.0551, 0.1198, -0.3733, 0.0928, 0.1694, -0.1693, 0.354, -0.0495, 0.162, 0.4761, 0.7785, -0.0895, -0.1002, 0.012, -0.0702, 0.1002, -0.0238, 0.0514, 0.1929, 0.1048, -0.0868, 0.0173, 0.0921, 0.0018, -0.1324, 0.3456, 0.316],
        intercept: -3.0286, threshold: -1.9929)
}
