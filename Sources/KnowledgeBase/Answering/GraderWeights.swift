// Written by scripts/train-grader from training/drafts; see GraderTraining. 2400 drafts.
// swift-format-ignore-file
enum GraderWeights {
    static let fingerprint = "f17bdc6a736cb56c824baa52833f99ba"

    /// cosine, rival_question, draft_question, both_question, same_part, first_of_part, better_answer, shared, jaccard, overlap, question_only_rival, question_draft, question_rival, question_only_draft, new_words, new_title_words, title_question, scope_question, title_shared, differs, agrees, asked_both, asked_differs, amount_draft, amount_rival, differs_cosine, differs_part, source_has_rival, rival_has_draft, denial, opposite, reversed, reversed_cosine, reversed_part, only, every, must, change, past, change_part, still, newer, older, days, newer_part, newer_change, model, new_names, menu, set_apart, rule, table.
    static let conflict = GraderModel(
        means: [0.4967, 0.4176, 0.5146, 0.3918, 0.4081, 0.3297, -0.1064, 0.7045, 0.0885, 0.184, 0.1188, 1.242, 0.5881, 0.9316, 3.0787, 1.3946, 0.5066, 0.1921, 0.5628, 0.1713, 0.0253, 0.0986, 0.0848, 0.5633, 0.422, 0.1025, 0.0806, 0.0211, 0.0621, 0.2118, 0.0422, 0.2249, 0.1088, 0.0886, 0.0373, 0.1183, 0.1256, 0.1265, 0.0101, 0.0545, 0.0391, 0.3821, 0.0337, 0.8311, 0.1676, 0.1535, 0.0112, 0.3955, 0.0096, 0.0965, 0.0586, 0.0059],
        scales: [0.1354, 0.1555, 0.161, 0.148, 0.1615, 0.4701, 0.1617, 0.9059, 0.1276, 0.2411, 0.3526, 1.0233, 0.7793, 0.9326, 1.766, 0.9671, 0.6645, 0.4331, 0.7196, 0.3767, 0.157, 0.2982, 0.2786, 0.496, 0.4939, 0.2312, 0.1895, 0.1437, 0.2413, 0.4086, 0.201, 0.4175, 0.2108, 0.1809, 0.1894, 0.323, 0.3314, 0.3324, 0.0999, 0.1543, 0.1939, 0.4859, 0.1806, 1.3207, 0.2358, 0.3604, 0.1055, 0.7193, 0.0975, 0.2953, 0.2348, 0.0763],
        weights: [0.2446, 0.2109, 0.0332, 0.054, 0.2465, 0.046, 0.2133, 0.0, 0.0, 0.157, 0.3037, -0.07, 0.1884, 0.159, -0.0, -0.0969, 0.0008, -0.1427, -0.5554, 0.0237, -0.0, -0.1308, 0.0935, 0.0747, -0.25, 0.0, 0.1549, -0.1318, -0.0563, -0.0619, 0.0348, 0.0485, 0.014, 0.0358, 0.0146, 0.057, 0.0634, 0.1099, 0.0646, 0.0971, -0.0429, 0.0, -0.3845, 0.441, 0.0, 0.1544, -0.1313, -0.0822, 0.0077, -0.0669, 0.1306, -0.1375],
        intercept: -0.5178, threshold: -0.7787)

    /// several, parts, sentences, more_parts, later_part, cosine, mean_cosine, several_cosine, unquoted, unquoted_better, word_share, words, unquoted_words, words_missing, taken, is_taken, own_sentence, time_given, time_missing, money_given, money_missing, amount_given, amount_missing, where, where_path, why, who, yes_no, leans, leans_cosine, length, matter.
    static let coverage = GraderModel(
        means: [0.5204, 1.5552, 1.4288, 0.245, 0.2656, 0.4493, 0.4254, 0.2031, 0.3764, 0.0149, 0.415, 1.2659, 0.0535, 1.8175, 0.0562, 0.2239, 0.3983, 0.1629, 0.0329, 0.0981, 0.0482, 0.0841, 0.0127, 0.1571, 0.0463, 0.0101, 0.0179, 0.3183, 0.3496, 0.1241, 2.1933, 1.3285],
        scales: [0.4996, 0.5719, 0.5909, 0.4301, 0.4416, 0.1935, 0.1928, 0.2419, 0.186, 0.0412, 0.3443, 1.0772, 0.1486, 1.4298, 0.1326, 0.4168, 0.2543, 0.3693, 0.1784, 0.2974, 0.2142, 0.2775, 0.112, 0.3639, 0.2101, 0.1, 0.1327, 0.4658, 0.4769, 0.206, 0.3608, 0.4284],
        weights: [0.2023, -0.1507, -0.4737, 0.7334, 0.6908, 0.0313, 0.1349, -0.2516, 0.1221, 0.3892, -0.4163, 0.2481, 0.2588, 0.1743, 0.4784, 0.4133, -0.0774, -0.0789, -0.0116, -0.0937, 0.1939, 0.0149, 0.1079, 0.0994, -0.0517, -0.0129, -0.0107, 0.08, -0.0894, -0.0906, 0.3953, 0.3235],
        intercept: -3.2876, threshold: -1.396)
}
