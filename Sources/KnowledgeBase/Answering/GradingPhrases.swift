/// Phrases the grader looks for.
enum GradingPhrases {
    /// Reads them all.
    static func prepare() {
        _ = (
            promise, faintPromise, outdated, change, contactSupport, courtesy, privateContact, secretRequest
        )
    }

    /// Work that somebody of the team would have to do later.
    static let promise = PhraseTable(
        builtIn: #"""
            @we = we|i|our_team|the_team|our_engineers|engineering|our_developers|the_developers|someone|somebody|a_colleague|our_support_team|the_support_team|support|an_agent|our_staff|my_colleague|my_colleagues|our_specialists|one_of_us|one_of_our_agents|a_specialist|a_member_of_our_team|a_member_of_the_team|our_billing_team|the_billing_team|a_representative|an_engineer|our_product_team|the_product_team|our_agents
            @will = will|ll|shall|am_going_to|are_going_to|is_going_to|plan_to|plans_to|intend_to|promise_to|hope_to|aim_to|expect_to|can_promise_to
            @late = contact|call|phone|email|mail|write|reach|get_back|be_in_touch|get_in_touch|follow_up|look_into|look_at|take_a_look|have_a_look|check|investigate|review|fix|resolve|repair|solve|correct|escalate|forward|pass|raise|notify|inform|let_you_know|update|keep_you|ping|remind|arrange|schedule|process|issue|refund|credit|reimburse|send_you_a|add|implement|ship|release|roll_out|build|deliver|improve|restore|recover|make_sure|ensure|take_care|handle|sort|extend|waive|upgrade|apply|open|file|create_a|come_back|respond|reply|answer|announce|consider|work_on|monitor|do_everything|do_our_best|prioritise|prioritize|change|delete|remove|reset|unlock|set|adjust|replace|ring|double_check|dig|chase|speak|talk|discuss|ask|bring_this|report
            @we @will ..3 @late
            well|ill|theyll ..3 contact|call|phone|email|reach|get_back|be_in_touch|get_in_touch|follow_up|look_into|look_at|take_a_look|have_a_look|check|investigate|review|fix|resolve|repair|solve|escalate|forward|raise|notify|inform|let_you_know|keep_you|arrange|refund|credit|reimburse|process|restore|add|ship|release|roll|make_sure|take_care|handle|sort|extend|waive|open_a|file|come_back|respond|reply|update_you|send_you_a|pass|ping|correct|work_on|have|get|chase|speak|ask|bring
            ^ ..2 @we|im|i_am|were|the_team|developers|engineers ..3 working_on|working_hard_on|investigating|looking_into|looking_at|planning_to|fixing|preparing|checking_with|escalating|busy_with|busy_on
            ^ ..2 @we|engineers|developers ..1 work|works on
            something_we|something_our_team|something_that_we ..2 working_on|looking_at|looking_into|planning
            being worked|looked_into on|by
            work_on_this|work_on_it|work_on_a_fix ..1 has_begun|has_started|is_under_way|is_underway|is_in_progress
            ! if|when|while|suppose|assume|imagine|once|because|that|which|what|where|whether|example ..2 @we|you ..3 working_on|looking_at|work_on|looking_into
            @we|engineers|developers ..2 escalated|forwarded|passed_this|raised|notified|reported|opened_a_ticket|created_a_ticket|arranged
            you will|ll|can_expect_to ..2 hear_from|be_contacted|be_notified_by_our|receive_a_call|get_a_call|receive_a_reply|get_a_reply|be_refunded|receive_an_update|get_an_update|be_reimbursed|be_compensated|receive_compensation
            youll ..2 hear_from|be_contacted|receive_a_call|get_a_call|receive_a_reply|get_a_reply|be_refunded|receive_an_update|get_an_update|hear_back
            expect ..3 a call|reply|response|update|refund|fix from|within|by|shortly|soon
            will_be|should_be|is_going_to_be|is_expected_to_be|to_be ..2 fixed|available|released|added|resolved|shipped|supported|restored|rolled_out|implemented|corrected|improved|ready|refunded|credited|addressed|introduced ..5 soon|shortly|next|in_the_next|by|later_this|in_a_future|in_an_upcoming|tomorrow|within|this_week|this_month|over_the_coming|in_the_coming|end_of
            coming soon
            a_fix|the_fix|an_update|the_feature|this_feature|fix|support_for_this|that_feature ..3 is|are|will|should ..2 on_its_way|coming|planned|scheduled|underway|in_progress|be_out|be_live|arrive|ship|land|follow
            it ..3 is|will|should ..2 on_its_way|coming|planned_for|in_the_works|be_out|be_live
            in_the_works
            on our|the roadmap
            next|upcoming|future release|version|update|sprint will|should|fixes|includes|brings|adds
            has|have been escalated|forwarded_to_our|forwarded_to_the|passed_on|reported_to_our|raised_with|logged_with
            rest_assured|i_promise|we_promise|you_have_my_word|we_guarantee|i_guarantee|count_on_us|leave_it_with|leave_this_with|bear_with_us|stay_tuned|watch_this_space
            i|we have|ve ..1 asked|informed|told|notified|alerted|contacted|escalated|forwarded|passed|raised|opened|arranged|scheduled|requested
            ive|weve ..1 asked|informed|told|notified|alerted|contacted|escalated|forwarded|passed|raised|opened|arranged|scheduled|requested
            get|getting back to you
            let|let_me me|us check|look|ask|investigate|find_out|see|confirm|speak|raise|forward|get_back
            within ..4 hours|days|minutes ..3 we|i|our_team|someone will|ll|shall|call|contact|reply
            technician|courier|mechanic|driver|plumber|engineer|consultant|adviser|advisor|representative|installer|specialist will|ll ..6 call|ring|visit|come|check|bring|be_with_you|phone|contact|collect|repair|fix
            will|ll ..10 tonight|tomorrow|this_evening|this_afternoon|within_the_hour
            will_be|are|is ..2 on_its_way|on_their_way ..2 to_you|tomorrow|today|tonight
            we|i promise|guarantee
            we_will_make_sure|we_make_sure_that_you_never|no_questions_asked|whatever_the_cause|leave_it_to_us
            ! you|users|admins|they|customers|members|owners|admin|owner can|could|may|must|should ..3 @late
            ! if|when|once|after|unless you ..6 support|we_will_ask
            [de]
            wir|ich|unser_team|ein_kollege|jemand|kollege werden|werde|wird ..8 melden|prufen|kontaktieren|anrufen|zuruckrufen|beheben|kummern|weiterleiten|erstatten|nachsehen|informieren|untersuchen|bescheid_geben
            wir arbeiten ..3 daran|an
            [fr]
            nous|je|notre_equipe|quelqu_un|un_collegue allons|vais|va|reviendrons|contacterons|rembourserons|verifierons|rappellerons|corrigerons|tiendrons|reviendrai|contacterai|verifierai
            nous travaillons
            [es]
            le|te|lo|nos contactaremos|llamaremos|avisaremos|informaremos|responderemos|reembolsaremos|pondremos
            nuestro_equipo|alguien|un_agente ..2 contactara|llamara|revisara|respondera|investigara
            estamos trabajando|investigando
            investigaremos|revisaremos|arreglaremos|solucionaremos|contactaremos
            """#)

    /// The program does it, or the team does: a person looks.
    static let faintPromise = PhraseTable(
        builtIn: #"""
            we|i|our_team will|shall|ll|plan|intend|promise
            well ..2 send|add|give
            ! we will never|not|no_longer|be
            """#)

    static let outdated = PhraseTable(
        builtIn: #"""
            this|the feature|version|api|setting|option|method|endpoint|function ..2 is|are|was|were|has|have ..3 deprecated|obsolete|superseded|retired|discontinued|withdrawn|out_of_date|outdated|replaced
            this|the|these article|page|guide|document|section|information|procedure|instructions|steps|content|answer|documentation|policy ..2 is|are|was|were|has|have|describes|apply_to|applies_to|refers_to ..6 outdated|out_of_date|obsolete|deprecated|archived|superseded|replaced|retired|withdrawn|no_longer_valid|no_longer_maintained|no_longer_current|no_longer_apply|no_longer_applies|discontinued|no_longer_supported|no_longer_accurate|no_longer_available|no_longer_used|no_longer_updated|expired|historical
            superseded|replaced by ..4 article|page|guide|version|policy|document|process|new
            has|have been superseded
            outdated|deprecated|obsolete|archived|superseded|legacy|historical article|page|guide|content|documentation|instructions|document|information|policy|notice
            ^ ..1 outdated|deprecated|obsolete|archived|superseded|retired ..1 $
            kept_for_reference|kept_for_historical|for_historical_reference|for_historical_reasons|kept_for_archive|old_version_of_this|a_newer_version_of_this|newer_version_of_this|no_longer_applies|do_not_use_this_article|valid_until|this_article_applies_to_older|replaces_this_article|see_the_new_article|see_the_newer|this_article_was_written_for
            until ..3 2015|2016|2017|2018|2019|2020|2021|2022 only
            """#)

    /// A passage that says of something that it is no longer so.
    static let change = PhraseTable(
        builtIn: #"""
            no_longer|any_more|anymore|any_longer
            has|have|had|was|were|been|got ..2 discontinued|replaced|retired|withdrawn|removed|moved|renamed|superseded|deprecated|abolished|dropped|phased_out|shut_down|switched_off|taken_out|closed|merged_into|migrated|sunset|ended|lifted|raised_to|reduced_to|lowered_to|increased_to|extended_to|shortened_to|cut_to
            is|are ..2 discontinued|retired|withdrawn|superseded|deprecated|abolished|phased_out|sunset
            moved|renamed|migrated to|from|into
            used_to|until_now|previously|formerly|in_the_past|up_to_now
            now|today|nowadays|currently instead|called|found_under
            is|are|can|has|have|may|costs|cost|takes|lasts|includes now
            now ..1 built|called|costs|takes|lasts|requires|includes|found|located|exported|done|available|has|have|handled|managed|part
            since|as_of|starting|effective|from ..1 january|february|march|april|june|july|august|september|october|november|december|version|2020|2021|2022|2023|2024|2025|2026|2027
            since the ..2 release|update|version|upgrade|change|redesign|relaunch|move
            stopped|ceased|ended|discontinued|retired ..4 in|on|as_of|with|since
            we stopped|ceased|ended|discontinued|retired|closed|dropped|removed|replaced
            takes_the_place|supersedes|successor_of|the_former|at_present
            ! if|when|once|after|unless|that|which|who|until ..4 has|have|been|was|were|is|are
            """#)

    static let contactSupport = PhraseTable(
        builtIn: #"""
            contact|email|call|write_to|reach_out_to|reach|message|ask|get_in_touch_with|open_a_ticket_with|speak_to|talk_to|turn_to|consult|phone|chat_with|write ..3 support|us|helpdesk|help_desk|customer_service|customer_care|our_team|the_team|support_team|service_desk|agent|administrator|customer_support|someone|billing_team
            open|submit|raise|file|create|send|log ..2 ticket|support_request|request ..5 support|us|team|help|assist|$|and|so|with|through|via
            refer_to|see|check|visit|consult|read|look_at|browse ..4 documentation|help_center|help_centre|our_website|knowledge_base|faq|manual|our_articles|user_guide
            support|team|we can|will|is_able_to|are_able_to|would_be_happy_to ..2 help|assist
            cannot|cant|unable|not_able|sorry ..4 help|answer|assist|find
            for ..3 help|assistance|support|questions|more_information
            ^ ..6 contact|call|ring|phone|write_to|email|mail|ask|speak_to|speak_with|talk_to|reach_out_to|get_in_touch_with|give|turn_to ..4 team|desk|line|office|reception|counter|department|service|staff|moderators|helpline|hotline|people|ring|call|us
            team|staff|desk|service|moderators|colleagues ..3 will|would ..1 gladly|happily|be_happy_to|be_glad_to ..2 help|assist|answer|explain
            """#)

    /// Beside a number or an address: it is a person's own.
    static let privateContact = PhraseTable(
        builtIn: #"""
            at_home|private|personal|his_own|her_own|their_own|own_mobile|own_phone|after_hours|out_of_hours
            lives_at|lives_in|knock_at
            """#)

    /// Asks for what nobody should write in a message.
    static let secretRequest = PhraseTable(
        builtIn: #"""
            @send = send|email|mail|text|reply|tell|put|give|write|include|post|enter_in_the_chat|ask
            @secret = password|pin|cvc|cvv|security_code|security_question|passport|national_insurance|insurance_number|nhs_number|social_security|bank_card|card_number|long_card_number|three_digits|bank_details|online_banking|scan_of_your|photo_of_your_id|both_sides_of_your_id|login_details|date_of_birth
            @send us|me|our|it|this|to|them ..14 @secret
            @send ..4 your|the ..6 @secret ..12 chat|email|message|reply|text|us
            put|write|type ..8 @secret ..10 chat|message|email|reply
            ask ..4 to ..2 email|send|text ..6 @secret
            ! never|not|dont|do_not|wont ..4 @send
            """#)

    static let courtesy = PhraseTable(
        builtIn: #"""
            ^ hi|hello|hey|dear|thanks|thank_you|good_morning|good_afternoon|greetings
            hope ..2 helps|this_helps|that_helps
            kind|best|warm regards
            let_us_know|let_me_know ..2 if
            happy_to_help|glad_to_help|sorry_to_hear|sorry_for|apologise|apologize|have_a_nice|have_a_great|thanks_for|thank_you_for|you_are_welcome|youre_welcome
            """#)
}
