/// Phrases of haste and of patience. Exceptions (`!`) take back what only sounds so.
enum UrgencyWords {
    /// What the learned judgement is told of the tables.
    static let signs: [(name: String, table: PhraseTable)] = [
        ("outage", outage), ("blocked", blocked), ("pressing", pressing), ("repeated", repeated), ("relaxed", relaxed),
        ("over", over), ("supposed", supposed), ("others", others), ("then", byThen),
    ]

    /// What was and is no more.
    static let over = PhraseTable(
        builtIn: #"""
            [en]
            all|everything|works|working|its|it_is|is|runs|running ..2 fine|good|well|okay|ok|resolved|sorted|back_to_normal|perfect ..2 now|again|since|already|$
            went_away|gone_away|sorted_itself|fixed_itself|by_itself|came_back_by|has_not_come_back|hasnt_come_back|no_longer_happens|didnt_happen_again|turned_out
            you|they|team|colleague|somebody|someone|it|issue|problem ..3 fixed|solved|resolved|repaired|sorted ..3 it|that|this|within|in|quickly|already|yesterday|on|now|$
            thanks|thank_you|thx|cheers|kudos|compliment|compliments|congratulations|bravo ..6 fixing|fast|quick|quickly|help|helping|resolving|solving
            was|were|had ..2 outage|down|broken|locked_out|blocked|stuck ..6 but|now|then|until|and_then
            close_this|close_the_ticket|nothing_to_do|no_answer_needed|no_reply_needed|no_action|no_need_to|for_your_records|for_information|for_your_information|fyi|just_so_you_know|only_mentioning
            worked_right_away|works_again|work_again|has_been_fine|been_fine_since|never_mind|nevermind
            [de]
            behoben|gelost|geht_wieder|lauft_wieder|funktioniert_wieder|alles_gut|erledigt|danke_fur_die_schnelle
            [fr]
            est_repare|est_reparee|marche_bien|fonctionne_a_nouveau|est_resolu|bravo|c_est_regle|tout_va_bien
            [es]
            todo_bien|ya_funciona|lo_arreglaron|arreglado_ya|ya_esta_resuelto|felicitar|felicitarles
            [it]
            tutto_a_posto|funziona_di_nuovo|risolto_grazie
            [nl]
            werkt_alles_weer|doet_het_weer|is_opgelost|alles_goed
            [pt]
            ja_voltou|ja_funciona|resolvido_obrigado
            """#)

    /// What might be, or is only talked of.
    static let supposed = PhraseTable(
        builtIn: #"""
            [en]
            if|in_case|what_if|suppose|supposing|imagine|hypothetically|theoretically|in_theory|assuming
            just_curious|just_wondering|out_of_interest|out_of_curiosity|was_wondering|made_me_wonder|wish_list|feature_wish|feature_request|no_concrete|in_general|for_example|e_g
            board_game|column|label|tag|username|template|poster|video|article|manual|newsletter|slogan|headline|subject_line|changelog|film|song|book|novel|quiz|game
            does|do|is|are|can|could|would ..3 mean|means|possible|available|a_way|an_option|support|valid
            how_do|how_can|how_does|where_can|where_do|where_is|what_is|what_does|which|when_does|when_do|when_is
            [de]
            falls|wenn|wie_kann|wo_finde|was_bedeutet|gibt_es|kann_man|wann
            [fr]
            si|comment|est_ce_que|peut_on|ou_trouver|quand
            [es]
            si|como|donde|cuando|se_puede|hay
            """#)

    /// Somebody else's business.
    static let others = PhraseTable(
        builtIn: #"""
            [en]
            @who = brother|sister|son|daughter|wife|husband|girlfriend|boyfriend|mother|father|mum|mom|dad|friend|friends|neighbour|neighbours|neighbor|neighbors|roommate|flatmate|colleague|cousin|uncle|aunt|kid|competitor|supplier|client_of_ours|customer_of_ours|partner|boss|intern|he|she
            my|our|a|the|his|her @who ..4 has|have|must|needs|need|wants|runs|is|was|had|will
            he|she|they ..2 must|has_to|have_to|needs_to|need_to
            not_me|not_us|im_fine|i_am_fine|on_his_own|on_her_own|they_say
            [de]
            mein|meine|unser|unsere nachbar|bruder|schwester|sohn|tochter|freund|freundin|mann|frau|kollege|kollegin
            [fr]
            mon|ma|mes frere|soeur|fils|fille|mari|femme|voisin|voisine|ami|amie|collegue
            [es]
            mi|mis hermano|hermana|hijo|hija|vecino|vecina|amigo|amiga|marido|mujer|companero|companera
            """#)

    /// A day named before is the limit.
    static let byThen = PhraseTable(
        builtIn: #"""
            [en]
            by|before|until|till|ahead_of|for|after|from then|that|that_day|that_date|this_date|it_starts|it_does
            in_time|on_time|beforehand|by_that_day|otherwise|or_else|at_the_latest|no_later_than|first
            must|have_to|has_to|need|needs
            [de]
            bis_dahin|vorher|rechtzeitig|spatestens|sonst|bis_zu_diesem_tag|muss|mussen|brauche|brauchen|benotige|benotigen
            [fr]
            d_ici_la|avant|a_temps|au_plus_tard|sinon|il_faut|il_me_faut|il_nous_faut|doit|doivent|dois|devons|besoin
            [es]
            antes|a_tiempo|a_mas_tardar|si_no|para_entonces|necesito|necesitamos|tiene_que|tienen_que|tengo_que|hay_que|me_urge
            [it]
            prima|in_tempo|entro|altrimenti|mi_serve|mi_servono|ci_serve|ci_servono|deve|devo|dobbiamo
            [nl]
            op_tijd|uiterlijk|voor_die_tijd|anders|nodig|moet|moeten|graag
            [pt]
            antes|a_tempo|ate|senao|preciso|precisamos|tem_que|temos_que
            """#)

    static let told: Set<String> = [
        "was", "were", "did", "worked", "tried", "started", "stopped", "happened", "bought", "ordered", "received",
        "sent",
        "paid", "updated", "installed", "upgraded", "reported", "wrote", "called", "got", "went", "came", "began",
        "broke",
        "told", "said", "noticed", "changed", "signed", "arrived", "missed", "ago", "yesterday", "earlier", "used",
        "announced",
        "released", "since", "last", "asked", "chased", "requested", "opened", "moved", "had", "dated", "seit",
        "letzte",
        "letzten", "war", "habe", "hatte", "depuis", "etait", "ai", "dernier", "desde", "hace", "fue", "pasado", "era",
        "ieri",
        "scorso", "sinds", "vorige", "gisteren",
    ]
    static let directCues: Set<String> = [
        "by", "before", "until", "till", "til", "due", "bis", "vor", "antes", "avant", "hasta", "deadline", "latest",
        "spatestens", "para", "ici", "within", "innerhalb", "binnen", "sous", "entro", "uiterlijk", "voor", "ate",
        "eod", "cob",
        "eob", "ahead", "prior",
    ]
    static let asking: Set<String> = [
        "do", "does", "did", "is", "are", "was", "when", "what", "which", "how", "where", "who", "why", "will", "wann",
        "ist",
        "wie", "was", "est", "quand", "comment", "cuando", "como", "es", "abren", "siete", "zijn",
    ]

    static let outage = PhraseTable(
        builtIn: #"""
            [en]
            @thing = site|website|service|system|server|servers|platform|production|prod|app|api|portal|store|shop|checkout|network|everything|mail|email|database|dashboard|site_is|payments|phones|phone_lines|login|cluster|backend|application|software
            @all = everyone|everybody|all_users|all_our_users|all_customers|whole_team|entire_team|whole_office|entire_office|whole_company|entire_company|all_of_us|our_customers|our_clients|all_staff|multiple_users|every_user|every_customer|the_whole_team|200_people|hundreds_of|thousands_of|our_users|company_wide|our_team
            @thing ..2 is|are|s|has|have|went|gone|seems|just|been|keeps|still ..2 down|offline|unreachable|unavailable|crashed|dead|dark|collapsed|hacked
            @thing down|offline|unreachable $
            outage|outages|downtime
            nobody|no_one|none_of_us|none_of_our|no_user|no_users|noone ..4 can|could|able|is_able ..4 log|login|work|access|use|connect|pay|order|send|sign|open|check|get|reach|buy
            @all ..3 cannot|cant|can_not|unable|locked_out|affected|blocked|down|getting_errors|kicked_out|stopped|are_stuck
            stopped|stops|not|isnt|doesnt|quit work|working ..2 for ..1 @all|all_of|everybody|everyone|the_whole
            @all ..6 error|errors|fail|fails|failing|failed|blank|timeout|timeouts|timing_out|denied|logged_out|kicked|500|502|503|504|broken
            error|errors|fails|failing|timeouts|blank|broken|unavailable|rejected|failed|crashes|crashing ..5 for|across|on ..2 everyone|everybody|all|every|whole|entire|each|users|customers|clients|team|staff|office|department|departments|branches|stores
            nothing|no_orders|no_payments|no_mail|no_mails|no_emails|no_email|no_calls|no_messages ..4 through|loads|loading|at_all|anymore|any_more
            site|website|service|server|servers|platform|api|checkout|production|system|portal|webshop|shop ..3 not|isnt|arent|wont|doesnt|stopped|no_longer|cannot|cant ..1 load|loading|respond|responding|reachable|available|accept|accepting|process|processing|answer|answering
            complete|total|full|major|system_wide|site_wide|widespread ..1 failure|blackout|breakdown|disruption
            500|502|503|504 ..3 everyone|all_pages|every_page|on_all
            losing|lose|lost|costing|costs ..2 money|sales|revenue|orders|customers|business|thousands|hundreds
            data_loss|security_breach|being_hacked|been_hacked|data_leak
            [de]
            ausfall|serverausfall|totalausfall|steht_still|nichts_geht_mehr|komplett_ausgefallen|niemand_kann
            ausgefallen|zusammengebrochen|nicht_erreichbar|lahmgelegt|down|offline
            alle|allen|aller|samtliche|samtlichen|niemand|keiner|kein|ganze|ganzen|gesamte|gesamten|unsere_kunden|unsere_nutzer|uberall ..8 nicht|nicht_mehr|fehler|keine|keinen|keinem|schwarzen|betroffen|kommt|kommen|geht|zugriff|stehen|verbindung|antwortet
            [es]
            caido|caida|nadie_puede|no_funciona_nada
            caidos|caidas|fuera_de_servicio|sin_servicio|sin_sistema|error_general
            todos|todas|nadie|ninguno|ninguna|ningun|ninguno_de|nuestros_clientes|nuestros_usuarios|cualquier ..7 no|puede|pueden|error|sin|caido|fallo|falla|fallan|carga|conectarse|parados|paradas|rechaza|funciona
            no_funciona|no_funcionan|no_carga|no_responde ..6 ninguno|ninguna|ningun|nadie|todos|todas|nada
            [fr]
            en_panne|panne|personne_ne_peut|hors_service
            hors_ligne|inaccessible|injoignable|indisponible|rien_ne|plus_rien
            tous|toutes|toute|personne|aucun|aucune|ensemble|nos_clients|nos_utilisateurs ..7 ne|n|plus|erreur|panne|deconnecte|deconnectes|touche|touchee|touches|bloque|bloques|pas
            [it]
            tutti|tutte|nessuno|nessun|nessuna|intero|intera|nostri_clienti ..7 non|fermi|ferme|errore|bloccati|fuori|riesce|puo|giu|raggiungibile|sono_ferme
            non_funziona|non_risponde|non_e_raggiungibile|fuori_servizio|e_giu
            [nl]
            alle|niemand|geen_enkele|hele|iedereen|al_onze ..8 niet|geen|fout|plat|kan|doet|doen|storing|werkt
            ligt_plat|ligt_eruit|storing|onbereikbaar
            [pt]
            todos|todas|ninguem|nenhum|nenhuma|nossos_clientes ..7 nao|fora|erro|parados|consegue|caiu
            fora_do_ar|fora_de_servico|esta_caido
            !planned|scheduled|upcoming maintenance|downtime|outage
            !when|if|should|during ..3 outage|downtime
            !broke_down|calm_down|slow_down|scroll_down|write_down|drop_down|shut_down
            """#)

    static let blocked = PhraseTable(
        builtIn: #"""
            [en]
            @cannot = cannot|cant|can_not|unable_to|not_able_to|couldnt|cant_even|no_way_to|impossible_to|wont_let_me|wont_let_us|prevents_me_from|prevents_us_from|preventing_me_from|preventing_us_from|stops_us_from|stops_me_from|keeps_us_from|keeps_me_from
            blocked|blocking|blocker|showstopper|show_stopper|dead_in_the_water|standstill|stand_still|halted|paralysed|paralyzed|at_a_halt|gridlocked|brought_to_a_stop
            @cannot ..2 work|working|continue|continuing|proceed|proceeding|operate|do_my_job|do_our_job|do_our_jobs|do_anything|ship|shipping|invoice|process|trade|run_payroll|pay_our|function|get_any_work|open_the_shop|serve|deploy|release|launch|bill|move_forward|go_on|go_live|finish|complete|start|submit|meet|get_anything
            locked_out|lock_out|locked_us_out|locked_me_out|shut_out
            @cannot ..2 log|login|sign|access|get_into|get_in|reach|open ..4 account|dashboard|system|email|mail|files|portal|my|our|in
            stuck ..3 until|without|waiting|because|with|and
            stuck $
            holding|holds|held|hold ..2 up|back
            at_a|come_to_a|to_a|complete standstill|halt|stop
            no_access|lost_access|lost_all_access
            work ..2 stopped|stops|halted|impossible
            waiting_on_this|depends_on_this|depend_on_this|relies_on_this|hinges_on_this
            work|business|production|everything|project|payroll|operations|sales|release|deployment|team|office|department|warehouse|line ..4 on_hold|stuck|stopped|halted|stands|stand_still|idle|frozen|stalled|at_a_stop|paralysed|paralyzed
            sitting_idle|sit_idle|hands_are_tied|no_further|any_further|stranded|dead_end|ground_to|grinding_to|grinds_to|no_workaround|no_way_around|cannot_get_past|cant_get_past|cant_get_anything|cannot_get_anything|brought_us_to|unable_to_work|cant_work|cannot_work|stuck_until|completely_stuck|totally_stuck|we_are_stuck|im_stuck|i_am_stuck|were_stuck
            account|accounts|login|logins|profile|access ..3 locked|suspended|disabled|blocked|deactivated|revoked|frozen
            keeps|kicks|throws|throwing|shuts|shutting ..1 me|us|everyone out
            cannot|cant|can_not|unable_to|no_longer|dont ..3 get_in|get_into|log_in|login|sign_in|log_on|access
            nothing_works|stopped_working_completely|completely_unusable|totally_unusable|unusable|completely_broken
            [de]
            arbeit_steht|steht_alles|alles_steht|komme_nicht_weiter|kommen_nicht_weiter|nicht_mehr_rein|nicht_mehr_einloggen|nicht_einloggen|nicht_anmelden|niemand_kann|geht_gar_nichts|geht_nichts|gesperrt|ausgefallen
            lahm|still|fest|feststecken|stecke|hangt|untatig|ausgeschlossen|unmoglich|gestoppt|liegt_lahm|steht_still|sitze_hier_fest
            kann|konnen|komme|kommen|kommt|lasst ..4 nicht|nicht_mehr|keine|keinen|keine_einzige ..4 weiter|weiterarbeiten|arbeiten|anmelden|einloggen|zugreifen|bearbeiten|produzieren|rein|offnen|abschliessen|buchen|an|fortfahren
            blockiert|kann_nicht_arbeiten|konnen_nicht_arbeiten|komme_nicht_rein|kein_zugriff|keinen_zugriff|ausgesperrt|kann_nicht_weiterarbeiten
            [es]
            no_puedo_entrar|no_puedo_acceder|no_podemos_entrar|no_podemos_acceder|parado|parados|paralizado|paralizados|nadie_puede|no_funciona_nada
            no puedo|podemos|consigo|conseguimos|deja|permite|puede|pueden ..5 entrar|acceder|trabajar|seguir|continuar|avanzar|emitir|facturar|iniciar|producir|abrir
            suspendido|suspendida|atascado|atascada|atascados|parada|paradas|imposible_trabajar|imposible_entrar
            bloqueado|bloqueada|bloqueados|no_puedo_trabajar|no_podemos_trabajar|sin_acceso
            [fr]
            ne_peut_plus|ne_peux_plus|ne_pouvons_plus|plus_rien_ne|l_arret|personne_ne|impossible_de_travailler|impossible_de_se_connecter|n_arrive_plus
            coince|coincee|coinces|verrouille|verrouillee|a_l_arret|impossible_d_avancer|impossible_de_me|suspendu|fige|figee
            ne|n ..1 peux|peut|pouvons|peuvent|arrive|arrivons|ai ..3 plus|pas|aucun ..4 acceder|connecter|travailler|avancer|facturer|produire|faire|acces|entrer|ouvrir|continuer
            [it]
            bloccato|bloccata|bloccati|bloccate|fermo|ferma|fermi|impossibile_lavorare
            non ..2 riesco|riusciamo|posso|possiamo|puo ..4 accedere|entrare|lavorare|andare_avanti|continuare|aprire
            [nl]
            geblokkeerd|vastgelopen|buitengesloten|ligt_stil|stil
            kan|kunnen|kom|komen ..6 niet|nergens ..4 inloggen|werken|verder|bij|in|openen
            [pt]
            bloqueado|bloqueada|travado|parado|parados|parada
            nao ..2 consigo|conseguimos|posso|podemos ..5 entrar|acessar|trabalhar|continuar|emitir
            [fr]
            bloque|bloquee|bloques|ne_peux_pas_travailler|ne_pouvons_pas_travailler|plus_acces
            !not|isnt|nothing|no|dont blocked|blocking|blocker|a_blocker|block
            !not ..2 blocking
            !blocked|block ..2 sender|senders|user|caller|number|ads|pop|cookies|email_address|contact|spam|list
            !ad|ads|pop|popup blocker|blocking
            !how ..3 block
            """#)

    static let pressing = PhraseTable(
        builtIn: #"""
            [en]
            urgent|urgently|urgant|urgnt|urgency|asap|a_s_a_p|emergency|immediately|immediate|right_away|straight_away|right_now|at_once|time_sensitive|time_critical|critical|critically|top_priority|high_priority|highest_priority|priority_1|p1|p0|sev1|sev_1|severity_1|without_delay|pronto|desperate|desperately|crucial|vital|mission_critical
            as soon_as possible|you_can|humanly
            soon_as_possible|soonest|quick_as_possible|quickly_as_possible|fast_as_possible|quickly_as_you_can|earliest_possible
            cannot|cant|can_not|wont|unable_to|not|dont_have_time_to wait ..3
            this|it|that|matter cannot|cant|can_not|must_not ..1 wait|be_delayed
            every|each ..1 minute|hour|second counts|matters
            running|run|ran out_of time
            short_on_time|clock_is_ticking|time_is_running|time_is_short|no_time_to_lose|time_is_of_the_essence|last_minute|tight_deadline|under_pressure
            need|needs|require|want|must ..6 now|quickly|fast|today|tonight|promptly $
            please|pls|plz ..3 hurry|rush|expedite|prioritise|prioritize|escalate
            hurry|expedite|rush_this|drop_everything
            important ..4 customer|client|meeting|launch|demo
            [de]
            dringend|dringende|dringender|eilig|eilt|sofort|umgehend|schnellstmoglich|so_schnell_wie_moglich|notfall|hochste_prioritat|kritisch
            [es]
            urgente|urgentemente|cuanto_antes|lo_antes_posible|inmediatamente|emergencia|de_inmediato
            [fr]
            urgent|urgence|d_urgence|des_que_possible|au_plus_vite|immediatement|le_plus_vite_possible
            [it]
            urgente|urgenza|prima_possibile|subito
            !not|isnt|nothing|no|non|nicht|never|hardly|less|wasnt|arent ..2 urgent|urgently|emergency|critical|immediate|urgency|pressing|important|urgente|dringend|asap
            !no|not ..1 need|reason|rush ..2 hurry|rush|asap
            !not ..3 right_now|right_away|immediately
            !dont|do_not|no|no_need_to ..2 hurry|rush|prioritise|prioritize|expedite
            !for_the_moment|critical_mass|critical_review|urgent_care|critical_thinking|emergency_contact|emergency_exit|emergency_contacts|priority_inbox|mark ..3 urgent|important
            """#)

    static let repeated = PhraseTable(
        builtIn: #"""
            [en]
            @nth = second|third|fourth|fifth|sixth|seventh|2nd|3rd|4th|5th|6th|7th|tenth|10th|umpteenth|nth|hundredth|last
            @nth time|attempt|email|ticket|message|request|try|reminder|follow_up|followup|contact|complaint|call|mail
            two|three|four|five|six|seven|several|many|multiple|countless|numerous|3|4|5|2|so_many times|emails|tickets|messages|attempts|reminders|requests|calls
            still|yet|heard ..3 no|not|nothing|havent|hasnt|without|waiting|unresolved|unanswered ..3 reply|response|answer|heard|back|solution|fix|resolved|word|update
            still ..2 broken|failing|happening|waiting|unresolved|not_working|not_fixed|doesnt_work|does_not_work|isnt_working|the_same|no_luck|stuck|unable|cannot|cant
            no|without|never|not ..2 reply|response|answer|answered|replied|heard_back|feedback ..4 days|weeks|yet|since|from|so_far|hours
            never|nobody|no_one|none ..3 replied|answered|responded|got_back|called_back|came_back|gets_back|get_back|reply|answers
            waiting|waited|wait for|since|over|more ..4 hours|days|weeks|months|week|month|monday|tuesday|wednesday|thursday|friday|yesterday
            still_nothing|heard_nothing|no_one_has|nobody_has|ignored|being_ignored|keeps_coming_back|came_back_again|umpteenth|unanswered|no_reply|no_response|no_answer|never_got|never_heard|gone_unanswered|reopen|re_opening|weeks_now|days_now|same_question_again|asking_again|writing_again|contacting_again|second_ticket|another_ticket|have_to_ask_again|once_more_about
            again_and_again|over_and_over|time_and_again|yet_again|once_again|once_more|repeatedly|keeps_happening|keep_happening|happened_again|happening_again|back_again|same_problem_again|same_issue_again|it_is_back|its_back|reoccurring|recurring
            already ..3 wrote|written|asked|emailed|contacted|told|sent|reported|called|explained|complained|messaged|opened
            asked|wrote|written|emailed|contacted|reported|called|complained|explained|told_you ..3 before|already|twice|earlier|times|last_week|last_month|a_week_ago|days_ago|weeks_ago
            any|is_there_any update|updates|news|progress
            chasing|following_up|follow_up_on|bumping|just_a_reminder|friendly_reminder|gentle_reminder|kind_reminder|another_reminder|my_last_email|my_previous|previous_ticket|as_i_said_before|as_mentioned_before
            [de]
            zum ..1 dritten|zweiten|vierten|wiederholten mal
            dritte|dritten|drittes|dritter|vierte|vierten|viertes|vierter|zweite|zweiten|zweites|zweiter|nochmalige|wiederholte ..1 mail|e|email|ticket|nachricht|anfrage|mal|anruf|schreiben|erinnerung|meldung
            nochmals|nochmal|wieder_das_gleiche|wieder_der_gleiche|warte_seit|seit_wochen|unbeantwortet|nicht_beantwortet|niemand_gemeldet|nie_eine_antwort|bereits_mehrfach|schon_zweimal|schon_dreimal|zweimal|dreimal|dreimaliger|bereits_gemeldet|keine_ruckmeldung|nichts_gehort
            schon|bereits|trotz ..3 letzte|mehrfach|zweimal|dreimal|mehrmals|anrufe|anrufen|beschwerde|geschrieben|gemeldet|nachgefragt|angerufen|geschildert
            immer_noch|schon_wieder|erneut|keine_antwort|noch_keine|noch_immer|mehrfach|zweite_mail|dritte_mail
            [es]
            tercera|segunda|cuarta vez
            segundo|tercer|cuarto correo|mensaje|aviso|ticket|intento|llamada
            ya ..3 escribi|escrito|llame|llamado|pedi|pedido|reclame|reclamado|avise ..3 dos|tres|varias|veces|semana|mes|antes|y|pasada
            sigo|seguimos|continuo|llevo|llevamos ..2 esperando|reclamando|sin|igual|desde|semanas|dias|meses
            nadie|ninguna ..3 responde|contesta|contesto|respondio|llama|respuesta
            insisto|nuevamente|vuelvo_a|reitero|de_nuevo_el|sin_resultado|sin_resolver|mismo_error|mismo_problema
            sigo_sin|sigue_sin|todavia_no|otra_vez|de_nuevo|aun_no
            [fr]
            troisieme|deuxieme|quatrieme fois
            premiere|deuxieme|troisieme|quatrieme|seconde|enieme relance|message|mail|demande|ticket|appel|courrier
            relance|relancer|je_reviens_vers|deja_ecrit|deja_signale|deja_appele|deja_demande|malgre_mes|malgre_plusieurs|sans_nouvelles|toujours_rien|reste_sans_reponse|restee_sans_reponse|aucune_reponse|personne_ne_repond|attends_toujours|de_nouveau_le|est_revenu
            deja ..3 ecrit|signale|appele|contacte|demande|relance|envoye
            [it]
            seconda|terza|quarta|quinta volta|email|mail|richiesta|segnalazione
            gia ..3 scritto|aperto|chiamato|segnalato|chiesto|inviato
            nessuno_mi|ancora_nessuna|sollecito|di_nuovo|senza_risposta|senza_avere_risposta|e_ancora_li|ancora_una_volta
            [nl]
            tweede|derde|vierde|vijfde keer|mail|ticket|bericht|verzoek
            al ..3 keer|gebeld|gemaild|gemeld|gevraagd|weken|dagen
            nog_steeds|wacht_nog|ondanks|zonder_resultaat|geen_antwoord|niets_gebeurd|opnieuw|alweer
            [pt]
            segunda|terceira|quarta vez|mensagem
            ja ..3 escrevi|liguei|pedi|reclamei|enviei
            ninguem_responde|continuo_a_espera|sem_resposta|de_novo|novamente|ainda_nao
            [fr]
            toujours_pas|encore_une_fois|toujours_aucune|sans_reponse|de_nouveau
            !set|send|get|create|add|an|a ..2 reminder|reminders
            !first_time
            !payment|invoice|appointment|meeting reminder|reminders
            """#)

    static let relaxed = PhraseTable(
        builtIn: #"""
            [en]
            no|not_in_a|not_in_any|theres_no|without|zero|not_a|isnt_a ..2 rush|hurry|urgency|pressure|stress|time_pressure|emergency
            not|isnt|nothing|non|arent|never|hardly|less_than ..3 urgent|pressing|critical|time_sensitive|time_critical|high_priority|important|an_emergency|blocking|a_blocker|a_big_deal|life_or_death
            whenever|when_you_get|if_you_get|when_you_have|when_you_find|if_you_have|when_you_re ..4 chance|time|minute|moment|can|free|able|convenient|around_to_it|suits
            at_your convenience|leisure|earliest_convenience
            in_your own_time|own_good_time
            take_your_time|low_priority|lowest_priority|no_worries_if|just_curious|just_wondering|idle_question|minor_thing|small_thing|nice_to_have|would_be_nice|someday|some_day|one_day|eventually|down_the_road|no_deadline|can_wait|could_wait|it_can_wait|happy_to_wait|dont_mind_waiting|for_the_future|back_burner|backlog|nitpick|cosmetic|p4|p3
            sometime|some_time ..2 next|this|in ..2 week|month|year|quarter
            dont|do_not|no_need_to ..2 rush|hurry|worry
            [de]
            nicht_dringend|keine_eile|nicht_eilig|hat_zeit|eilt_nicht|bei_gelegenheit|wenn_sie_zeit_haben
            [es]
            no_es_urgente|sin_prisa|no_hay_prisa|cuando_puedan|cuando_pueda
            [fr]
            pas_urgent|pas_presse|rien_d_urgent|quand_vous_aurez|quand_vous_pouvez|pas_d_urgence
            !cannot|cant|can_not|wont|not|couldnt can_wait|could_wait|wait|it_can_wait
            !at_your_earliest
            """#)

    /// What makes a date a deadline when it stands in the same sentence.
    static let deadline = PhraseTable(
        builtIn: #"""
            [en]
            need|needs|must|have_to|has_to|got_to|required|requires|deadline|due|expire|expires|expiring|runs_out|run_out|running_out|lapses|lapse|launch|launching|launches|go_live|going_live|goes_live|we_are_live|live_on|ship|ships|shipping|meeting|presentation|presenting|present|pitch|demo|conference|event|wedding|flight|flying|fly|leave|leaving|starts|starting|begins|closes|ends|ending|renews|renewal|submit|submission|filing|file|audit|auditor|auditors|inspection|exam|payroll|payday|pay_our|board|interview|webinar|opening|migration|cutover|cut_over|cutoff|rollout|release|or_else|shuts|will_be_charged|charges|kickoff|kick_off|training|workshop|hearing|court|tax|taxes|vat|departure|hand_in|campaign|trade_show|exhibition|goes_out|last_day|only_have|at_the_latest|no_later_than|time_limit|cut_off|switch_off|switched_off
            [de]
            brauche|brauchen|benotige|benotigen|muss|mussen|frist|spatestens|termin|fallig|lauft_ab|abgabe
            [es]
            necesito|necesitamos|debe|debemos|plazo|vence|entrega|reunion|tengo_que|tenemos_que
            [fr]
            besoin|doit|dois|devons|delai|echeance|expire|reunion|faut
            """#)

    /// What makes a date that follows it a deadline.
    static let wish = PhraseTable(
        builtIn: #"""
            [en]
            please|pls|can_you|could_you|can_we|can_someone|can_this|can_it|want|urgent|asap|fix|fixed|resolve|resolved|sorted|solved|ready|working|done|finished|expected|deliver|delivered|get_back|answer|reply|hear|send|help|only|left
            [de]
            bitte|konnen_sie|fertig
            [es]
            favor|puede|pueden|listo
            [fr]
            merci_de|pouvez_vous|s_il_vous_plait|pret
            """#)
}
