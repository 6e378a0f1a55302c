/// What says "I want a person", by language. Users add theirs in policy.yaml.
enum PhraseTables {
    static let person = PhraseTable(builtIn: personEnglish + personGermanic + personRomance + personOthers)

    static let personEnglish = #"""
        [en]
        @adj = a|an|the|real|live|living|actual|human|proper|genuine|breathing|your|some|one|of|us|any|anyone|support|customer|client|service|services|care|technical|tech|billing|sales|success|account|another|other|different|senior|qualified|competent|trained|english|speaking|local|and|flesh|blood|to|who|kind|sort|member|team|staff|in|helpdesk|desk|next|available|right|more|experienced|nice|friendly|fellow|thinking|non|escalation|escalations|duty|accounts|finance|product|security|legal|floor|higher|level|tier|2|3|two|three
        @being = human~|humans|human_being|human_beings|humanbeing|humanoid|hooman|person~|persons|people~|homosapien|homo_sapiens|persn|persin
        @being1 = human~|humans|human_being|human_beings|humanbeing|hooman|person~|persin|persn|real_people|actual_people
        @agent = agent~|agents|representative~|representatives|representitive|representatve|reprasentative|rep|reps|operator~|operators|adviser|advisor|advisors|specialist~|supervisor~|supervisers|manager|managers|technician~|teammate|csr|consultant|expert|receptionist|colleague|employee|rep_resentative|guru|superviser|boss|higher_up|higher_ups|staffer|staff_member|team_member|support_person|counsellor|professional|dude|guy|lady|gentleman
        @person = @being|@agent
        @some = someone~|somebody~|some_one|some_body|anyone|anybody|any_one|sb|smone|sum1|some1
        @desk = support|customer_support|customer_service|customer_services|customer_care|customer_relations|helpdesk|help_desk|service_desk|support_team|support_desk|support_staff|tech_support|technical_support|billing_team|billing_department|billing|sales|sales_team|your_team|your_staff|team|staff|management|complaints|complaints_team|complaints_department|cs|you_guys|you_lot|head_office|leadership|higher_level
        @bot = bot~|bots|robot~|robots|chatbot~|chatbots|chat_bot|machine~|machines|computer|computers|ai|a_i|algorithm|automated|automation|auto_reply|auto_replies|autoreply|auto_responder|script|scripts|scripted|canned|virtual_assistant|virtual_agent|assistant|voicebot|answering_machine|recording|recordings|llm|gpt|chatgpt|automaton|ivr|phone_tree|bot_replies|canned_replies
        @bots = bot~|bots|robot~|robots|chatbot~|chatbots|chat_bot|voicebot|virtual_assistant|virtual_agent|bots_reply|answering_machine
        @me = me|us|my_call|this_call|my_chat|this_chat|this_conversation|my_case|this_case|my_ticket|this_ticket|my_issue|this_issue|my_request|this_request|this_matter|my_problem|my_query|my_complaint|my_message|this_thread
        @want = want|need|like|love|prefer|demand|require|wanna|request|requesting|insist|wish|asking|needing|wanting|rather|looking|expect|beg|asked|appreciate|desire|id|ill_take|can_i|could_i|may_i|can_we|could_we|might_i|have|get|let_me|please|pls|plz|hoping|trying|how|demanding|ready|happy|possible|must|should|able|option|way|chance|allow|when
        @polite = please|pls|plz|plse|now|asap|immediately|thanks|thank_you|thx|here|today|right_now|ty|straight_away|at_once|right_away|pretty|urgently|urgent

        # Talking
        talk|speak|chat|converse|speek|tlk|spk|tallk|taalk|speack|spaek|takl|tlak|talking|speaking|chatting|speaks|talks|convo|confer|dialogue to|with|2|too|w|wiht|wit ..1 @adj{6} @person|@some
        talk|speak|chat|talking|speaking to|with|2 @adj{3} @desk
        talk|speak|chat|speaking to|with you|u directly|by|on|over|personally|in
        who|whom ..1 can|do|could|should|must ..2 talk|speak|chat|call|contact|phone
        someone|somebody|human|anyone|anybody|agent ..2 i|we ..2 talk|speak|chat|call|reach|contact
        human to_human
        want|need|like|can|could|may|prefer|please|love ..4 word|chat|conversation|discussion|call|phone_call|meeting|talk|chinwag with @adj{5} @person|@some|@desk
        # Wanting one
        want|need|prefer|demand|require|wanna|requesting|id_like|would_like|rather_have|insist_on|asking_for|ask_for|asked_for|request @adj{6} @being1
        have|get|is_there|are_there|any|give @adj{4} human~|humans|human_being|real_person|live_person|actual_person
        want|need|demand|require|wanna|request|requesting|prefer|rather|asking_for|gimme|id_like|would_like|looking_for @adj{5} agent|agents|representative~|representatives|representitive|rep|operator|advisor|adviser|supervisor|manager|csr|human_rep|technician|support_person
        want|need|wish|like|please ..1 discuss|raise|go_over|settle ..4 with ..2 @person|@desk
        @want ..3 hear|answer|answers|response|reply|help|assistance|support|advice from|by|of @adj{5} @person
        @want ..3 hear|hearing back? from @some
        give|get|gimme|find|bring|fetch|send|lend|show|assign|offer|grab|summon|page me|us @adj{5} @person|@some
        get|grab|summon|fetch|gimme @adj{4} @being1|agent|operator|representative|rep|manager|supervisor|someone_else
        gimme|givme @adj{5} @person|@some
        real|live|actual|living|breathing|flesh_and_blood|honest_to_god|sentient|carbon_based|non_automated|non_robot|non_bot @adj{4} @being|agent|agents|representative|rep|operator|support|someone|somebody|assistance|chat_agent|voice|employee|staff|staff_member|customer_service|customer_support|advisor|conversation|manager|technician|worker
        human|humans|in_person|person_to_person|one_on_one|one_to_one support|supports|help|helper|assistance|assist|contact|interaction|intervention|service|touch|operator|representative|rep|reply|response|attention|agent|agents|advisor|adviser|staff|customer|employee|someone|consultant|escalation|handoff|handover|takeover|team|supervisor|colleague|connection|eyes|eye|brain
        @being1|agent|operator|representative|rep|supervisor|advisor please|pls|plz|plse|now|asap|immediately|right_now|today|thanks
        ^ a|an|the|real|live|human|speak|talk|please|need|just|to|with|want|get|me|i|hi|hello|ok|actual|your|one{5} @being1|agent|agents|operator~|representative~|rep|supervisor|live_agent|live_chat|live_support|live_help|customer_service|customer_support|customer_care|live_person|escalate|human_agent @polite{4} $
        please|pls|plz @adj{5} @being1|agent|operator|representative|rep|supervisor|live_agent|human_agent $
        agent agent|agent
        human human
        operator operator
        representative representative
        is|are there ..1 anyone|someone|anybody|somebody ..1 i|we ..2 talk|speak|call|contact|reach
        is|are there ..1 anyone|someone|anybody|somebody there|around|available|alive|listening|real
        is|are ..2 there ..1 @adj{5} @being1|agent|agents|operator|representative|rep ..3 talk|speak|chat|call|contact|here|available|online|around|reach|alive|home|listening|behind|turn|real|human|answering
        anyone|anybody|someone|somebody|@being there|alive|home|real|human|listening|out_there|available $
        ^ is ..2 anyone|anybody|someone|somebody|@being ..2 there|home|alive|listening|available|around
        is|are this|it|you|u|that|i_am|there ..2 @adj{4} human|humans|real_person|actual_person|live_person|real_human|human_being
        where|any|actual|single|only @adj{2} human~|humans|human_being|human_beings|real_person|real_people|live_person
        a|an|some|with|to|the|from|by|your human|humans|human_being|human_beings|living_person|living_soul|living_being|actual_person|actual_people|real_person|real_people|warm_body
        humans|human only|available|instead|pls|please|now|talk|ok|here|handle|takes|take|needed|required|wanted|requested|exist
        a_person|real_people|people ..1 not_a_bot|not_bots|not_a_machine|not_a_robot|rather_than_a_bot|instead_of_a|not_a_script
        # Being passed on
        transfer|connect|put|pass|hand|switch|route|patch|refer|redirect|direct|link|hook|conect|transfere|tranfer|connecting|transferring|putting|bounce|forward|move|send|take|escalate|shift|assign|reassign|delegate|trasnfer|transfered|transferred|connected|bump|kick|turn|hand_off @me|this|chat|off|over ..3 to|with|through|thru|over|onto|in_touch_with|up_with|2|towards|into @adj{6} @person|@some|@desk|department|dept
        put|pass|patch|get|connect me|us through|thru|over to
        put|pass|patch me|us through|thru please|pls|now
        ^ ..3 put|pass|patch me|us through|thru ..1 $
        ^ ..3 transfer|connect me|us|please|pls|now
        please|pls|must|can_you|could_you transfer|connect me|us|this
        transferred|connected|connection|escalated|handed|passed|transfered to|with|over ..1 @adj{6} @being|agent|representative|rep|operator|advisor|manager|supervisor|@some|specialist
        escalate|escalating|escalation ..2 this|it|my|please|to|now|the_matter|immediately|me
        ^ ..1 escalate ..2 $
        want|need|like|have|please|be this|it|my ..2 escalated
        wish|want|like|need|please|prefer discuss|raise|explain|speak|talk this|it|my_case|matters|the_matter ..1 with|to one_of_your|your|a|an ..2 @person
        number ..2 for|of customer_service|customer_support|support|your_team|your_support|helpdesk
        chat live
        get|take|move me|us out_of|away_from|off ..3 @bots|machine|ai
        get|take|move|bring|hand me|us ..6 over to staff|support|your_team|people
        raise|take this ..3 to|with @adj{4} manager|supervisor|management|boss|human|person
        handover|handoff|hand_over|hand_off ..2 to|with @adj{5} @person|@desk
        switch|swap|change|move|jump|go over? to @adj{3} human|humans|live|real_person|person|live_agent|live_chat
        # By telephone, face to face
        call|phone|ring|telephone|buzz me|us|my_mobile|my_cell|back ..1 back|please|pls|asap|now|on|at|today|tomorrow|directly|about|to|when|as|so|urgently|this|if|instead
        have|get|ask|please|anyone|someone|somebody|@agent|can_you|could_you|would_you|will_you|can_u|could_u ..4 call|phone|ring|telephone me|us
        have|get|ask someone|somebody|@agent|a_person|your_team ..3 call|phone|ring|telephone|contact|reach_out_to|get_back_to me|us
        can|could|please|would|will|want|need|like|ask|must|appreciate|appreciated|if ..4 someone|somebody|@agent|a_person|a_human|real_person|your_team|your_staff ..4 call|phone|ring|telephone|contact|reach_out_to|reach|get_back_to|speak_to|respond_to|get_in_touch_with|speak_with|talk_with me|us
        you|u|team ..3 call|phone|ring|telephone me|us ..1 back|please|on|at|about|to|asap|today|tomorrow|now|instead|$
        call_back|callback|call_me_back|return_call|phone_call|voice_call|ring_back|telephone_call ..2 please|pls|from|with|request|requested|asap|needed|today|back|now|possible
        request|schedule|book|arrange|want|need|get|like|have|prefer|offer|set_up|hop_on|jump_on|expecting|organise|organize ..3 callback|call_back|phone_call|voice_call|return_call|ring_back|telephone_call
        schedule|book|arrange|set_up|hop_on|jump_on|get_on|have|do ..2 call|zoom|meeting|video_call with|please|to ..2 @person|@some|you|your|@desk|discuss|sort
        hop|jump|get on a|the|quick|short? ..2 call|phone with|together|please|to
        number|telephone|hotline|helpline|phone_number|phone ..1 i|we|that_i|that_we|i_can|we_can|one_can|to ..2 call|ring|dial|reach
        your|support|customer_service|customer_support|helpline|customer_care|support_line|help|service phone|telephone|contact|support|hotline|helpline|phone_line number|numbers|line|hotline|helpline|phone
        what|whats|give|need|find|a ..4 phone_number|telephone_number|hotline|helpline|number_to_call|number_for_support|number ..2 for|to|of ..2 support|you|customer|customer_service|someone|helpdesk|help_desk|speak|thunderbird_support|call
        what|whats|give|need|find|have ..3 your ..3 phone_number|telephone_number|hotline|helpline
        is_there|do_you_have ..3 phone_number|telephone_number|hotline|helpline|phone_support|number_to_call|telephone_support
        talk|speak|discuss|chat|sort|do|resolve|handle|help ..2 over|on|by|via the? phone|telephone
        ! not get|do ..3 on the phone
        talk|speak|discuss|meet|help face_to_face|in_person|voice_to_voice|directly
        # Getting hold of somebody
        reach|contact|contacting|reaching|get_hold_of|get_a_hold_of|get_ahold_of|get_in_touch_with|getting_in_touch_with|get_through_to|getting_through_to|in_touch_with|get_to|got_to|get_past_to|get_over_to|meet_with|write_to|be_in_contact_with|get_in_contact_with|hold_of @adj{6} @being1|representative|rep|live_agent|human_agent|real_agent|support_agent|customer_service|customer_support|customer_care|supervisor|you_guys|your_team|your_support|an_agent
        reach|get_hold_of|get_a_hold_of|get_ahold_of|get_in_touch_with|getting_in_touch_with|get_through_to|getting_through_to|in_touch_with|hold_of|through_to|in_contact_with @adj{4} @some|@person|@desk
        how|can|where|want|need|like|way|possible ..4 contact|reach|get_in_touch_with|email|write_to @some ..3 directly|at|from|in|about|for|there|please|who|$
        how|want|need|like|trying ..4 contact|reach|talk_to @adj{2} support|customer_support|customer_service|customer_care|helpdesk|support_team|your_team|you
        get|getting @adj{2} through to ..1 @adj{3} @person|@some|@desk
        # Somebody to do something
        a_human|real_person|actual_person|live_agent|human_agent|an_agent|a_representative|human_being ..3 look|looks|review|check|handle|help|assist|take|takes|read|reads|answer|deal|deals|respond|reply|step|intervene|solve|sort|fix|call|explain|walk|investigate|involved|join|verify|contact|reach|get_back|follow_up|reviews|checks|handles|helps
        let|have|want|need|can|could|get|may|would|please a|another? person ..2 look|review|check|handle|help|read|answer|take|deal|respond|reply|call|give
        someone|somebody from|at|in|on|over_at the? your|customer|support|billing|sales|tech|technical|management|accounts
        have|get|want|need|let|can|could|would|possible|please|ask ..3 @some|an_actual_person|a_person ..2 human|with_authority|in_charge|senior|who_can_decide
        someone|somebody in_charge|in_authority|with_authority|higher_up|above_you|more_senior|who_is_human|thats_human|with_a_pulse|with_a_brain|with_a_heartbeat|alive|real|human|who_actually
        with a? pulse|heartbeat
        want|like|need|prefer|how|can|could|let|rather|may|wish ..5 deal|discuss|work|explain|meet|correspond|interact|communicate|engage|interface|liaise|resolve|handle|dealing|discussing|interacting|communicating ..4 with|to|by ..1 @adj{6} @being1|live_agent|representative|representatives|rep|operator|real_agent|supervisor|agent|agents|specialist
        deal|work|discuss ..3 with @adj{4} @desk
        who|whos ..2 in_charge|your_manager|your_supervisor|your_boss
        your|the|see|want|duty manager|supervisor ..1 please|pls|now|immediately
        speak|talk|see|want|need ..3 the|your|a|duty manager|supervisor
        # No machine
        dont|not|never|wont|refuse|didnt|hate|tired_of|sick_of|stop|without|done|instead_of|rather_than|dislike|prefer_not|avoid|fed_up|cant ..3 talk|talking|speak|speaking|chat|chatting|deal|dealing|discuss|communicate|communicating|interact|interacting|argue|arguing|typing|conversing|explaining ..3 with|to|this|it? ..2 @bot
        dont|not|never|no|didnt|do_not want|wanna|like|need|care_for|trust|wish ..2 @bots
        dont|not|never|didnt want|wanna|like|need|wish ..1 a|an|another|more|any|your|this|to_be_answered_by|answers_from|replies_from|reply_from ..2 @bot ..1 answer|answers|reply|replies|response|responses|$
        tired|sick|fed_up|enough|hate|despise|had_it|cant_stand|annoyed|frustrated of|with|by? ..2 this|your|the|these|automated|robotic|all|talking_to? ..1 @bots|machine|automated|canned|ai
        done|finished|through|out_of_patience|over with ..2 @bots|machine|ai
        no|not more @bot|automatic ..2 please|$|replies|reply|answers|responses|messages
        another canned|automated|scripted|template
        not a|another|your|some @bots|machine ..1 please|$|this_time|again|i|but
        no|zero|not|without @bots please|pls|plz|$
        ^ ..2 no|stop|not more|the|sending|with ..2 bots|robots|robot_replies|robot_answers|bot_replies|bot_answers|canned|automated
        instead_of|rather_than|not|and_not|other_than|and_no|except a|an|this|some|the|your|another|just|more ..1 @bots|machine|ai|automated|script|algorithm
        skip|bypass|leave|exit|escape|ditch|past|around|circumvent|out_of ..2 @bots|ai|automation|machine ..1 please|and|so|now|to|$
        people|person|human|humans not @bots|programs|machines|machine|software|computers|ai|a_bot|a_robot|a_machine|a_program
        @bots|ai ..3 useless|not_helping|isnt_helping|stupid|dumb|cant_help|no_help|doesnt_help|is_rubbish|hopeless|a_joke|pointless|not_helpful|doesnt_understand|isnt_working_for_me|not_cutting_it|going_in_circles|not_understanding|wont_help|is_not_helpful|cant_understand
        # Plain words
        live_chat_please|live_agent|human_agent|human_please|human_being_please|agent_please|real_human|real_agent|actual_human|live_human|human_support|live_representative|live_operator|live_support|flesh_and_blood|speak_to_management|representative_please|speak_2_human|human_pls|person_pls|operator_please|human_plz|non_bot|non_automated|not_a_template|human_intervention|hooman|human_contact
        i|we|just want|need|demand ..2 customer_service|customer_support|customer_care|live_chat|phone_support

        # What is not that
        ! human|person resources|readable|error|errors|rights|verification|verify|body|trafficking|checker|friendly|check|names|history|factors
        ! am|im|prove|proving|verify|verifying|confirm|proof|that ..3 human|a_human|real_person|not_a_robot|not_robot|not_a_bot|no_robot
        ! captcha|recaptcha
        ! try|tries|tried|trying to ..1 contact|call|reach me
        ! call him|her|them|it
        ! human and|or not
        ! contact_manager|address_book|phone_book
        ! mail|mails|email|emails|message|messages|posts|number|code ..4 through|to ..4 person|people|someone|somebody|call
        ! hand|handing over? a|the|my|our|this project|file|document|folder|task|board|subscription|domain ..3 to ..2 @person
        ! robot|bot|service|human account|accounts
        ! not|non a? computer|machine|program|software
        ! send|forward|move|sent|forwarded ..2 to ..1 someone|somebody|anyone
        ! to someone_else|somebody_else
        ! duty|the|your|a manager ..1 $
        ! person|agent|people|contact|representative|operator|manager|user|supervisor|specialist|someone field|fields|role|roles|seat|seats|license|licence|licenses|account|accounts|id|ids|name|names|record|records|profile|profiles|list|view|status|dashboard|permission|permissions|tab|type|column|limit|plan|console|installer|version|process|key|token|picker|icon|emoji|detection|level|group|groups|page|app|access|commission|portal|count|performance|workload|collision|assignment|api|schedule|scheduling|rating|ratings|productivity|shift|shifts|training|settings|string|header
        ! user|build|monitoring|backup|deploy|deployment|travel|estate|sync|scanning|endpoint|transfer|mail|datadog|log|antivirus|security|reporting|collector agent|agents
        ! task|project|password|session|account_manager_role|file|download|window|package|product|community|credential|profile manager|managers
        ! my|our|the|their|other|these|multiple|all|some|many|his|her|every|each|new|few|certain|two|several|most|external customers|customer|users|user|clients|client|visitors|visitor|guests|guest|students|student|members|member|employees|contacts|subscribers|callers|caller|coworkers|colleagues|teammates|readers|patients ..6 talk|speak|chat|reach|contact|call|transfer|connect|escalate|to_human|request|want|ask|need|a_human|human|live_agent|live_chat|call_me
        ! let|allow|allowing|letting|enable|enables|lets customers|users|visitors|clients|guests|people|callers|members|students ..6 talk|speak|chat|reach|contact|call|transfer|ask|request|escalate
        ! talked|spoke|spoken|chatted|called|phoned|emailed ..2 to|with|@agent ..4 yesterday|last|and|who|already|earlier|ago|week|today|before|monday|he|she|they|@agent
        ! after|since|while|before|were|was|been|when|had|during|by talking|speaking|chatting|i_talk|i_speak|we_speak
        ! just|already|finally|previously|recently|yesterday talked|spoke|spoken|chatted|speaking|talking
        ! dont|do_not|didnt|not|never|neednt|rather_not need|want|wanna|require|necessary|like|to ..2 talk|speak|chat|talking|speaking ..1 to|with @adj{4} @person|@some|@desk
        ! dont|do_not|didnt|no|not|never need|want|wanna|require|like to|a|an|any|the{2} human|person|agent|callback|call|call_back|phone_call|call_me|escalate|escalated|transfer|transferred|operator|manager|someone_to|anyone_to
        ! no_need ..6 human|person|agent|call|talk|speak|someone|escalate
        ! dont|do_not|not|no|never|cannot|stop call|phone|ring|calling|phoning me|us
        ! how|can|where ..6 add|remove|delete|invite|assign|create|block|mute|tag|mention|unblock|report|deactivate|hide|ban|share|merge|filter|sort|import|export|promote|demote|rename|permit|restrict|limit|track|import ..5 person|people|human|agent|agents|representative|manager|managers|someone|somebody|operator|operators|specialist|rep|user|to_someone|supervisor|employee|anyone|guy|colleague|teammate
        ! add|adding|remove|delete|invite|create|block|assign|reassign|train|hire|recruit|set_up|configure|setup|build|integrate|embed|install|enable|route|routing|onboard|rename|demote|promote|customise|customize a|an|the|my|our|new|more|another|tickets|chats|calls|ticket ..5 agent|agents|person|people|bot|chatbot|representative|manager|operator|humans|human|supervisor|support|live_chat|rep|handoff
        ! bot|bots|chatbot|robot|robots|ai from|posting|joining|joins|integration|token|traffic|account|detection|verification|name|user|api|builder|flow|flows|settings|template|script|framework|invitations|signups|signup|spam|crawler|crawlers|training|plan|subscription|add_on|feature|features|configuration|webhook|credits|model|models|suggestions|assistant_feature
        ! slack|discord|teams|telegram|spam|search|google|trading|webhook|github bot|bots
        ! human|person|agent|someone|people|bot i_know|in_my|on_my|in_the|in_our|who_left|on_our
        ! video_call|conference_call|group_call|call_recording|call_log|api_call|function_call|call_quality|calls_drop|call_forwarding
        ! phone|telephone|contact|mobile number|numbers on|in|from|of|to_my|for_my|for_2fa|for_verification|is_wrong|changed|field|format|associated|linked|verification|belongs|i_registered|listed
        ! change|update|edit|remove|add|verify|verifying|wrong|register|save|port|enter|correct|import|delete ..4 phone|telephone|contact|support|mobile number|numbers
        ! per_person|first_person|third_person|second_person|another_person_s|person_s|each_person|every_person|other_people|many_people|how_many_people|how_many_agents|how_many_humans|more_than_one_person|multiple_people|two_people|one_person_at|same_person|which_person|what_is_an_agent|wrong_person|people_s|specific_person|particular_person
        ! software|program|computer|machine|assistant|script ..3 crash|crashes|crashed|freeze|freezes|slow|restart|boot|install|installed|update|virus|running|runs
        ! file|files|mail|mails|email|emails|message|messages|folder|folders|contacts|outlook|windows|laptop|pc|new|another|my|old|the|other|one|this|second computer|computers|machine|machines|program|software
        """#
}
