/// Topics that are never answered by a machine alone. Users add phrases and topics of their own in policy.yaml.
extension PhraseTables {
    /// By topic, in the order they are reported.
    static let sensitive: [(topic: SensitiveTopic, table: PhraseTable)] = [
        (.legal, PhraseTable(builtIn: legal)), (.billingDispute, PhraseTable(builtIn: billingDispute)),
        (.security, PhraseTable(builtIn: security)), (.privacy, PhraseTable(builtIn: privacy)),
        (.regulated, PhraseTable(builtIn: regulated)),
    ]

    private static let legal = #"""
        [en]
        lawyer|lawyers|attorney|attorneys|solicitor|solicitors|barrister|barristers|paralegal|litigation|litigate|lawsuit|lawsuits|subpoena|subpoenaed|summons|injunction|affidavit|plaintiff|defendant|indemnity|indemnification|defamation|defamatory|libel|libellous|libelous|slander|arbitration|arbitrator|ombudsman|ombudsperson|dmca|tort|negligence|negligent|jurisdiction|prosecute|prosecuted|prosecution|counsel
        sue|suing|sued you|your|the|over|for|us|me|them|if|company
        legal|legally action|actions|proceedings|proceeding|advice|department|team|counsel|claim|claims|threat|threats|matter|matters|notice|dispute|representative|representation|steps|route|recourse|rights|right|hold|holds|liability|responsibility|obligation|obligations|obliged|required|responsible|liable|binding|letter|request|order|implications|consequences|complaint|redress|remedies|remedy|basis|grounds|requirement|case|means|entity|enforceable|entitled|process|guardian|evidence|discovery|ramifications|issue|issues|question
        take|taking|taken|see|go|going ..3 to|in court|tribunal|small_claims
        court|tribunal|judge|magistrate ..2 order|orders|case|hearing|action|date|filing|proceedings|ruling|summons|claim|papers|ordered
        small claims
        for|in|to|before|by the|a|our|my? court|judge ..1 $
        police ..2 asked|asking|requested|request|requests|want|wants|need
        will|could|would|shall|might|ready|threatening|going_to|gonna|ill ..2 sue
        class_action|cease_and_desist|letter_before_action|pre_action|statement_of_claim|trading_standards|better_business_bureau|attorney_general|consumer_protection|consumer_rights|consumer_court|consumer_law|unfair_dismissal|intellectual_property|power_of_attorney|citizens_advice|consumer_affairs|federal_trade_commission|consumer_forum|ftc_complaint|statutory_rights|consumer_council|european_consumer
        breach|breached|breaching|violation|violated|violates|violating|violate|terminate|void ..4 contract|agreement|terms|warranty|law|laws|sla|copyright|licence|license|licensing|rights|act|statute|trademark|nda|patent|regulations
        copyright|trademark|patent|trade_mark ..3 infringement|infringing|infringes|infringed|violation|claim|claims|complaint|notice|takedown|owner|holder|strike|dispute|stolen|theft|our|my
        infringement|infringing|infringes|infringed|infringe|plagiarised|plagiarized|takedown
        stole|stolen|using|uses|copied ..4 copyrighted|trademark|trademarked|my_logo|our_logo|intellectual|patented|our_code
        contract ..3 dispute|breach|unenforceable|void|lawyer|signed|termination|clause|terms
        liable|liability|compensation|unlawful|unlawfully|illegal|illegally|against_the_law|is_this_legal|false_advertising|misleading_advertising|misrepresentation|misrepresented|fraudulent_misrepresentation|discriminatory|discriminated|wrongful|crime|criminal|criminally|police_report|under_oath|testify|notarized|notarised|extort|extortion
        press_charges|police ..3 report|case|investigation|complaint|officer|station|enquiry|inquiry|request|want|ask
        report|reporting|reported|complain|complaint|go|contact|inform|file ..4 to|with|the ..3 police|regulator|authorities|ombudsman|trading_standards|bbb|ftc|fbi
        law_enforcement|lawful_interception|search_warrant|court_ordered|legal_s|hear_from_our_legal|hear_from_my_legal|in_writing_from_legal|eu_law|state_law|federal_law|by_law|under_the_law|the_law_says|settlement|settle_out
        ! legal name|notice_page|page|size|paper|characters|character|value|text|documents_template|hold_music
        ! negligible
        ! settlement date|report|batch|currency|account|file
        ! jurisdiction field|column
        ! counsel role
        [de]
        anwalt*|rechtsanwalt*|klage|klagen|verklage|verklagen|gericht|gerichtlich*|rechtlich*|rechtsabteilung|rechtsstreit|rechtsschutz*|juristisch*|abmahnung|abmahnen|anzeige_erstatten|strafanzeige|unterlassung*|schadensersatz|schadenersatz|haftung|haften|haftbar|verbraucherschutz|verbraucherzentrale|vertragsbruch|urheberrecht*|markenrecht*|mahnbescheid|schlichtungsstelle|staatsanwalt*|einstweilige|widerrufsrecht|rechtswidrig|illegal|polizei|gesetzeswidrig
        [fr]
        avocat|avocate|avocats|tribunal|justice|juridique|juridiques|poursuites|poursuivre|poursuite|plainte|porter_plainte|assignation|huissier|mise_en_demeure|dommages|mediateur|contrefacon|droit_dauteur|droits_dauteur|illegal|illegale|procedure_judiciaire|action_en_justice|dgccrf|responsabilite_civile|litige|prejudice
        [es]
        abogado|abogada|abogados|demanda|demandar|demandare|demandarlos|tribunal|tribunales|juzgado|juicio|acciones_legales|accion_legal|medidas_legales|asesoria_legal|denuncia|denunciar|denunciare|querella|indemnizacion|danos_y_perjuicios|derechos_de_autor|incumplimiento|consumo|facua|profeco|ilegal|litigio|burofax
        [pt]
        advogado|advogada|processar|processo_judicial|tribunal|justica|procon|judicial|juridico|juridica|acao_judicial|indenizacao|indemnizacao|direitos_autorais|ilegal|processa_los|livro_de_reclamacoes|deco
        [it]
        avvocato|avvocati|legale|legali|tribunale|causa_legale|querela|denuncia|denunciare|denuncero|risarcimento|diffida|citazione|violazione_del_contratto|diritto_dautore|illegale|adire|giudice|contenzioso
        [nl]
        advocaat|advocaten|rechter|rechtbank|rechtszaak|juridisch|juridische|aanklagen|dagvaarden|dagvaarding|aansprakelijk|schadevergoeding|contractbreuk|auteursrecht|geschillencommissie|ingebrekestelling|illegaal|aangifte
        [pl]
        prawnik|prawnika|prawnikiem|adwokat|adwokata|sad|sadu|pozew|pozwac|prawny|prawne|prawnych|odszkodowanie|rzecznik_praw|uokik
        [sv]
        advokat|jurist|stamma|rattegang|domstol|rattsliga|juridisk|juridiska|skadestand|polisanmalan|arn
        [da]
        advokat|retssag|retten|sagsoge|juridisk|erstatning|forbrugerklagenaevnet
        [fi]
        asianajaja|lakimies|oikeuteen|oikeudellisia|vahingonkorvaus
        [ru]
        юрист|юриста|адвокат|адвоката|суд|иск|судебн*|прокуратур*|претензи*|роспотребнадзор*|юридическ*|незаконно|полици*
        [tr]
        avukat*|dava|mahkeme*|hukuki|yasal|tuketici_hakem
        [zh]
        律师
        律師
        起诉
        起訴
        法院
        法律
        侵权
        侵權
        诉讼
        投诉 ..4 消费者|工商|监管
        [ja]
        弁護士
        訴訟
        訴え
        法的
        裁判
        著作権
        消費者センター
        損害賠償
        [ko]
        변호사*|소송*|고소*|법적*|법원*|저작권*|소비자원*|손해배상*
        [ar]
        محامي|المحامي|محكمه|المحكمه|قضائي|قانوني|قانونيه|دعوي|مقاضاه|شكوي_قانونيه
        """#

    private static let billingDispute = #"""
        [en]
        @charge = charge|charged|charges|charging|billed|bill|billing|invoiced|invoice|debited|debit|deducted|deducting|withdrew|withdrawn|payment|payments|paid|transaction|transactions|renewed|renewal|fee|fees|deduction
        @twice = twice|2x|two_times|three_times|double|duplicate|duplicated|again|second_time|multiple_times|thrice|several_times|repeatedly|2_times|3_times|both
        chargeback|chargebacks|charge_back|overcharged|overcharge|overcharging|overbilled|over_charged|double_charged|double_billed|doublecharged|doublebilled|misbilled|mischarged|doublebilling|double_charge|double_billing|double_payment|duplicate_charge|scam|scammed|scammers|scammer|swindle|swindled|ripped_off|rip_off|ripoff|daylight_robbery|stole_my_money|stealing_my_money|stealing_money|extortionate|billing_error|billing_dispute|billing_mistake|billing_discrepancy|billing_complaint|money_back|fraudulent|defrauded|unrecognised_charge|unrecognized_charge|reimbursed|reimbursement|reimburse|conned|took_my_money|overpaid|overpayment|collections_agency|debt_collector|debt_collection|debt_collectors|unjustified
        @charge ..6 @twice
        @twice ..3 @charge
        @charge ..10 unauthorised|unauthorized|without_my|without_permission|without_consent|without_authorisation|without_authorization|without_asking|without_telling|without_notice|without_warning|never_authorised|never_authorized|didnt_authorise|didnt_authorize|not_authorise|not_authorize|not_authorised|not_authorized|never_agreed|not_agree|didnt_agree|never_approved|i_never|never_signed|never_ordered|never_subscribed|never_bought|dont_recognise|dont_recognize|not_recognise|not_recognize|unknown|mystery|unexpected|unexpectedly|wrong|wrongly|incorrect|incorrectly|too_much|instead_of|even_though|although|despite|after_i|after_cancelling|after_canceling|after_cancellation|after_the_trial|by_mistake|in_error|mistakenly|erroneous|erroneously|hidden|extra|higher|dispute|disputed|disputing|isnt_mine|is_not_mine|not_mine|didnt_make|did_not_make|shouldnt|should_not|never_made|we_dont_owe|i_dont_owe|unfair|unfairly|never_used|still
        unauthorised|unauthorized|wrong|wrongly|incorrect|incorrectly|unknown|mystery|unexpected|mistaken|mistakenly|erroneous|erroneously|surprise|hidden|suspicious|strange|weird|illegitimate|bogus|phantom|unexplained|random|unwanted|extra|excessive|fake ..3 @charge
        dispute|disputing|disputed|contest|contesting|challenge|refute|query|object|questioning|complain|complaining|disagree|argue ..8 @charge|amount|refund|credit_card|bank|total|balance
        dont|do_not|didnt|did_not|never|not|cannot|cant ..2 recognise|recognize|authorise|authorize|authorised|authorized|agree|agreed|approve|approved|consent|order|ordered|owe|understand|subscribe|subscribed|identify ..4 charge|charged|charges|charging|billed|invoice|payment|payments|transaction|transactions|renewal|subscription|fee|fees|amount
        not|never|dont|didnt owe|sign_up|signed_up|subscribe|subscribed|ordered ..3 you|for_this|to_this|this|it|anything|money
        cancelled|canceled|cancel|closed|unsubscribed|terminated|downgraded|cancellation|ended ..12 still|yet|but|keep|keeps|again|continue|continued|continues|anyway|and_you|and_was|and_were|nevertheless|then ..5 @charge
        @charge ..8 cancelled|canceled|cancellation|closed|downgraded|unsubscribed|trial|terminated
        still|keep|keeps|kept|continue|continues|continued|keeping ..3 charging|billing|charged|billed|taking_money|being_charged|being_billed|getting_charged|invoicing|taking|deducting|debiting
        refund ..6 refused|denied|declined|rejected|never|not|still|where|missing|havent|hasnt|didnt|promised|overdue|demand|immediately|now|wrong|partial|waiting|owed|owe|late|back|ignored|full|entitled|deserve|week|weeks|days|month|months|isnt|only|outstanding
        refused|denied|declined|rejected|demand|demanding|owed|owe|promised|waiting|where|want|deserve|entitled|insist|insisting|expect|need|require|request|requesting|demands|issue|give|process|get|seeking|claim|havent_received|never_received|havent_got|missing|still_no|no ..5 refund|refunded|refunding|my_money|our_money|my_cash
        refund me|us|my|our|the|this|immediately|now
        give|want|get|return|send|pay|need ..2 my|our|the ..1 money|cash|payment ..1 back
        billed|charged|invoiced|bill|invoice|invoices|charge|receipt|statement|price ..6 wrong|incorrect|mistake|error|inaccurate|doesnt_match|does_not_match|dont_match|not_match|discrepancy|mismatch|not_what|not_right|isnt_right|too_high|more_than|twice|higher|unfair|not_agreed|never_agreed|ridiculous|doubled|different|disagree
        charged|billed|debited|invoiced ..4 for|me|us ..6 never|didnt|not|nothing|without|dont|cancelled|canceled|seats|users|users_we|left|ago|annual|yearly|year|instead|more|extra|free|wrong
        why ..4 charged|billed|charging|billing|invoiced|debited|deducted|was_my_card|taken|did_you_take|am_i_paying
        @charge|money|card|amount ..3 mistake|error|fraud|discrepancy|wrong|incorrect
        my|our ..2 bank|card|credit_card|paypal|card_issuer ..6 dispute|reverse|chargeback|block|fraud|reversed|stop_payment|disputing|charged_twice|declare
        amount|total|balance ..5 wrong|incorrect|too_high|doesnt_match|does_not_match|not_correct|not_match|isnt_correct
        money|funds|euros|dollars|pounds|amount ..3 taken|withdrawn|gone|debited|deducted|disappeared|left|missing|stolen
        but|and|then|yet|still you|they took|charged|billed|debited|deducted
        price ..4 increase|hike|went_up|raised|increased ..5 without|never|no_notice|didnt|not
        quoted|promised|agreed|advertised|told ..6 but ..6 @charge
        late_fee|hidden_fee|hidden_fees|cancellation_fee|termination_fee|penalty_fee|overage ..4 unfair|refund|waive|dispute|remove|never|charged|wrong|why
        waive|credit_me|compensate|compensation|goodwill
        ! how ..6 refund ..3 customer|customers|client|clients
        ! refund|chargeback|charge_back policy|policies|window|webhook|endpoint|api|fields|status_field|report
        ! duplicate|double invoice|invoices ..3 button|feature|function|template|as|action
        ! how ..2 duplicate|create|send|add|export|download|customise|print|record|raise ..6 invoice|invoices|charge|payment|subscription|bill
        ! unknown error ..6 @charge
        ! payment|invoice|transaction id|webhook|method|page|api
        [de]
        doppelt|zweimal|zu_viel|falsch|unberechtigt|ungerechtfertigt|unbefugt|trotz|ungewollt|mehrfach|fehlerhaft|nochmal|unerlaubt ..8 abgebucht|belastet|berechnet|rechnung|abbuchung|gezahlt|bezahlt|eingezogen|kassiert|in_rechnung|kundigung|abgerechnet|abgezogen
        abgebucht|belastet|berechnet|abbuchung|rechnung|eingezogen|abgerechnet|abgezogen ..8 doppelt|zweimal|zu_viel|falsch|unberechtigt|obwohl|gekundigt|ohne|nicht|fehler|trotz|nie
        geld|betrag|zahlung ..4 zuruck|zuruckerstatten|zuruckfordern|erstatten|zuruckbuchen|wieder
        ruckerstattung|erstattung|ruckbuchung|reklamiere|reklamation|ruckzahlung|ruckbuchen|zuruckbuchen|abzocke|betrug|betrogen|widerspreche|widersprechen|lastschrift_zuruck|erstatten|erstattet
        [fr]
        debite|debitee|preleve|prelevee|facture|facturee|prelevement|prelevements|facturation|debit|paye|somme ..8 deux_fois|double|sans|tort|trop|apres|alors_que|erreur|pas_autorise|jamais|malgre|non_autorise|resilie|annule|inconnu|injustifie|incorrecte|fausse
        remboursement|rembourser|remboursez|rembourse|remboursee|arnaque|escroquerie|conteste|contester|contestation|opposition|litige|mon_argent|double_prelevement|double_facturation|trop_percu|surfacturation
        [es]
        cobraron|cobrado|cobro|cobrar|cobrando|cargo|cargos|cobran|facturado|factura|descontaron|cobros ..8 dos_veces|doble|duplicado|sin|indebido|no_autorizado|de_mas|despues|error|no_reconozco|incorrecto|cancele|cancelado|nunca|incorrecta|equivocada|desconocido|extra
        no_reconozco|no_autorice|doble|duplicado|indebido|dos_veces ..6 cargo|cargos|cobro|pago|factura|cobraron
        reembolso|devolucion|reembolsen|devuelvan|devuelvanme|estafa|estafadores|disputar|disputa|reclamo|reclamar|contracargo|reembolsar|mi_dinero|reclamacion|reintegro|robo|devolvedme|timo
        [pt]
        cobrado|cobrada|cobranca|cobraram|debitado|fatura|cobrando|cobrancas|debitaram|cobrou ..8 duas_vezes|duplicado|duplicada|dobro|sem|indevida|indevido|errado|errada|apos|depois|nao_reconheco|cancelei|nao_autorizei|mais|em_dobro|erro|desconhecida
        reembolso|estorno|estornem|devolvam|dinheiro_de_volta|meu_dinheiro|golpe|fraude|contestar|contesto|chargeback|burla|cobranca_indevida|reembolsem|ressarcimento|devolucao
        [it]
        addebitato|addebito|addebiti|addebitati|fattura|pagato|prelevato|pagamento|addebitata|fatturato ..8 due_volte|doppio|doppia|senza|errato|errata|sbagliato|sbagliata|dopo|non_autorizzato|non_riconosco|mai|disdetto|troppo|non_autorizzati|in_piu|sconosciuto
        rimborso|rimborsatemi|rimborsare|truffa|truffatori|contestare|contesto|contestazione|indietro_i_soldi|miei_soldi|storno|doppio_addebito|addebito_doppio|rimborsato|reclamo|soldi_indietro
        [nl]
        dubbel|twee_keer|tweemaal|onterecht|ten_onrechte|zonder|te_veel|verkeerd|onbekende|foutief ..8 afgeschreven|gefactureerd|betaald|rekening|factuur|incasso|afschrijving|geincasseerd|in_rekening|geind
        afgeschreven|gefactureerd|factuur|afschrijving|incasso|in_rekening ..8 dubbel|twee_keer|onterecht|opgezegd|zonder|klopt_niet|verkeerd|te_veel|opzegging|nooit|toestemming
        terugbetaling|terugbetalen|geld_terug|terugbetaald|storneren|oplichting|oplichters|betwist|betwisten|stornering|restitutie
        [pl]
        zwrot|zwrotu|obciazono|obciazyliscie|pobrano|pobraliscie|reklamacja|reklamacje|oszustwo|nienalezn*|podwojn*
        [sv]
        dubbelt|dubbeldebiterad|aterbetalning|pengarna_tillbaka|felaktig_faktura|bestrider|felaktigt|debiterats|debiterad|debiterade
        [da]
        opkraevet|dobbelt|tilbagebetaling|pengene_tilbage|trukket
        [ru]
        списали|списание|списания|списаны|сняли|списано ..8 дважды|два_раза|без|деньги|лишн*|повторно|ошиб*|не
        верните|возврат|вернуть|мошенн*|обман*|деньги_назад|оспорить|оспариваю
        [tr]
        iki_kez|cift|fazla|izinsiz|haksiz ..5 cekil*|tahsil*|ucret*|odeme|fatura*
        para|ucret ..3 iade*|geri
        [zh]
        重复 ..4 扣|收|付
        重複 ..4 扣|收|付
        扣 ..3 两|兩|多|错|錯 ..2 次|钱|款|费
        退款
        退钱
        退錢
        乱扣
        亂扣
        多收
        未经 ..6 扣
        盗刷
        [ja]
        二重 ..3 請求|課金|引き落|決済
        返金
        請求 ..8 間違|誤|おかしい|身に覚え|覚えがない|違
        身に覚えのない
        不正 ..3 請求|課金|利用
        [ko]
        이중*|중복* ..3 결제*|청구*|출금*
        환불*
        결제*|청구* ..4 두번|잘못*|동의*|무단*|취소*
        [ar]
        خصم|خصمتم|سحب|فاتوره|خصمو ..8 مرتين|بدون|خطا|زائد|اذن
        استرداد|استرجاع|احتيال|نصب
        """#

    private static let security = #"""
        [en]
        hacked|hack|hacker|hackers|hacking|phishing|phished|phish|spearphishing|malware|ransomware|spyware|trojan|keylogger|rootkit|botnet|vulnerability|vulnerabilities|cve|xss|csrf|ssrf|rce|sqli|sql_injection|exploit|exploited|exploits|zero_day|0day|pentest|penetration_test|penetration_testing|bug_bounty|responsible_disclosure|hijacked|hijack|hijacking|compromised|compromise|breached|data_breach|security_breach|security_incident|security_hole|security_flaw|security_issue|security_bug|security_problem|security_vulnerability|security_concern|security_advisory|intruder|intrusion|infiltrated|impersonating|impersonated|impersonation|impersonator|impersonate|spoofed|spoofing|brute_force|bruteforce|credential_stuffing|ddos|backdoor|identity_theft|stolen_identity|security_alert|security_team|security_researcher|privilege_escalation|account_takeover|taken_over|sim_swap|simswap|cyberattack|cyber_attack|doxxed|blackmail|blackmailed|blackmailing|man_in_the_middle|mitm|remote_code|directory_traversal|path_traversal|session_fixation|broken_access|idor|clickjacking|leaked|data_leak
        someone|somebody|stranger|strangers|unknown|unauthorised|unauthorized|hackers|attacker|attackers|thief|ex_employee|former_employee|another_person|third_party|someone_else|my_ex|i_dont_know ..4 logged|logging_in|logs_in|accessed|accessing|access_to_my|access_to_our|access_my|signed_in|signed_into|signing_in|using_my|using_our|used_my|used_our|changed_my|changed_our|reset_my|got_into|broke_into|in_my_account|in_our_account|into_my|into_our|has_my_password|knows_my|read_my|entered_my|controls|took_over|guessed|stole|stolen|steals|stealing|sending_from_my|ordering
        unauthorised|unauthorized|unrecognised|unrecognized|suspicious|unusual|unknown|strange|unfamiliar|foreign|weird|fishy|dodgy|malicious ..2 access|login|logins|sign|device|devices|activity|location|session|sessions|log|attempt|attempts|ip|email|link|user|users|account|attachment|file|code|requests|traffic|changes|transfer|transaction|emails
        login|logins|sign_in|sign_ins|signin|session|sessions|device|devices|logged|activity|attempt|attempts|ip ..6 dont_recognise|dont_recognize|not_recognise|not_recognize|didnt_recognise|unfamiliar|wasnt_me|was_not_me|not_me|never_been|from_russia|from_china|from_another_country|another_country|unknown|suspicious|wasnt_us|not_mine|isnt_mine|isnt_me|didnt_do|didnt_request
        wasnt_me|was_not_me|it_wasnt_me|didnt_request ..4 reset|code|password|change|login|this|it|$
        password|passwords|credentials|api_key|api_keys|token|tokens|secret|secrets|private_key|access_key|keys|key|session_cookie|login ..6 leaked|leak|stolen|exposed|compromised|public|published|github|pushed|committed|pasted|dark_web|breach|breached|leaking|plain_text|plaintext|cleartext|clear_text|stole|accidentally|lost_laptop|visible|disclosed|unencrypted
        leaked|leak|stolen|exposed|compromised|stole|published|committed|pushed|pasted|accidentally_shared|shared|posted|disclosed|steal ..6 password|passwords|credentials|api_key|api_keys|token|tokens|secret|private_key|key|keys|our_data|customer_data|user_data|my_data|records|database
        laptop|phone|device|computer|yubikey|security_key ..7 was_stolen|been_stolen|is_stolen|got_stolen|lost_or_stolen|theft
        stolen ..2 laptop|phone|device|computer|yubikey|security_key
        can|able|could ..4 see|access|read|view|open ..4 other|another|someone|somebody|other_peoples|other_customers|other_companies|different ..3 data|files|accounts|account|customer|customers|invoices|tenants|tenant|company|organisation|organization|information|messages|records|documents|projects|orders
        seeing|see|shows|showing|shown|received|got|view|given|displayed ..4 another|other|someone_elses|somebody_elses|other_peoples|different|wrong ..2 customers|customer|users|user|persons|peoples|companys|companies|tenants|clients|accounts ..3 data|files|invoices|information|details|account|records|documents|messages|dashboard|orders|invoice|name|email|emails
        someone_elses|somebody_elses|another_customers|another_users|other_customers|other_peoples|another_companys ..2 data|files|invoices|invoice|information|details|account|records|documents|messages|dashboard|orders|order|projects
        fraud|fraudster|fraudsters|fraudulently|scammer|fake ..3 email|website|site|account|invoice|login|call|message|page|from_you|pretending|app
        pretending|claiming|purporting|posing ..3 to_be|as you|your|us|from|support|me|our|the|an|a
        caller|someone|website|sms|phone_call|stranger|an_email|suspicious ..3 asking|asks|asked ..3 for ..3 password|bank_details|credentials|pin|2fa_code|login|verification_code
        locked_out ..6 hacker|changed|someone|attack|hacked
        email|password|2fa|phone ..4 was|were|has|have|got|been ..3 changed|removed|disabled ..6 without|not_me|wasnt_me|didnt|by_someone|never
        virus|infected|infection ..4 file|download|computer|attachment|installer|app|site|from|your|my|warning|detected
        security|securely vulnerability|hole|flaw|incident|breach|issue|weakness|disclosure|risk|threat|leak|bug|emergency|violation|report|researcher|audit|certification|questionnaire|assessment|patch|contact|problem|concern|concerns|hotline
        iso_27001|iso27001|soc_2|soc2|soc_ii|security_questionnaire|incident_response|security_txt|injection_attack|code_injection|command_injection|open_redirect|bypass_authentication|authentication_bypass|bypass_2fa|bypass_the_login|unauthenticated|without_authentication|encryption_at_rest|is_my_account_safe|has_my_account_been|account_at_risk|breach_notification|haveibeenpwned|been_pwned|pwned
        ! anti|anti_virus_software virus|malware|spyware|phishing|spam
        ! give|giving|grant|invite|let|allow|share_with someone|somebody ..4 access|access_to_my|access_to_our
        ! growth|life|hackathon|hack_day hack|hacks|hacker|day
        ! brute force_quit
        ! compromise between|on_quality|solution
        ! unknown error|format|file_type|command|property|field|column
        ! phishing|virus|malware training|template|simulation_tool|filter_settings
        ! change|reset|forgot|forgotten|update my|a|the|your password ..1 $
        [de]
        gehackt|hacker|hackerangriff|gekapert|phishing|schadsoftware|trojaner|viren|sicherheitslucke|sicherheitslucken|sicherheitsvorfall|sicherheitsproblem|schwachstelle|datenleck|datenpanne|unbefugt*|kompromittiert|identitatsdiebstahl|gestohlen|geleakt|missbraucht|missbrauch|fremdzugriff|angreifer|erpresst|erpressung|schwachstellen|einbruch
        jemand|fremde|fremder|unbekannte|unbekannter|unbekannten|verdachtige|verdachtig ..8 eingeloggt|angemeldet|zugriff|zugegriffen|anmeldung|anmeldungen|konto|passwort|login|aktivitat|aktivitaten|gerat
        passwort|zugangsdaten|api_schlussel|schlussel|token ..6 gestohlen|veroffentlicht|offentlich|geleakt|bekannt|ausgespaht|geklaut|kompromittiert
        [fr]
        pirate|piratee|piratage|piraterie|hacke|hackee|hackeur|hameconnage|phishing|faille|failles|vulnerabilite|logiciel_malveillant|un_virus|fuite_de_donnees|compromis|compromise|usurpation|usurpe|intrusion|vole|volee|rancongiciel|cheval_de_troie|frauduleux|frauduleuse|suspecte|suspectes|detourne|pirates
        quelqu ..8 connecte|acces|accede|compte|mot_de_passe
        connexion|connexions|activite ..4 suspecte|inconnue|non_autorisee|inhabituelle|etrange
        [es]
        hackeado|hackeada|hackearon|hackeo|jaquearon|hacker|pirateada|pirateado|phishing|malware|un_virus|vulnerabilidad|brecha|fuga_de_datos|filtracion|comprometida|comprometido|suplantacion|suplantando|robaron|robado|robada|acceso_no_autorizado|sospechosa|sospechoso|estafa|intruso|fallo_de_seguridad|filtrado|filtrada|ransomware
        alguien ..6 entro|accedio|inicio|cuenta|contrasena|acceso
        [pt]
        hackeado|hackeada|hackearam|invadida|invadido|invadiram|hacker|phishing|malware|un_virus|vulnerabilidade|vazamento|vazaram|comprometida|comprometido|suspeita|suspeito|roubaram|roubada|roubado|falha_de_seguranca|acesso_nao_autorizado|pirateada|clonaram|golpe|vazou
        alguem ..6 entrou|acessou|conta|senha|acedeu
        [it]
        hackerato|hackerata|hackerati|violato|violata|phishing|malware|un_virus|vulnerabilita|falla|violazione|fuga_di_dati|compromesso|compromessa|rubato|rubata|rubate|accesso_non_autorizzato|sospetto|sospetta|sospetti|hacker|furto|truffatori|bucato
        qualcuno ..6 entrato|accesso|account|password|acceduto
        [nl]
        gehackt|hacker|hackers|phishing|malware|un_virus|kwetsbaarheid|beveiligingslek|datalek|gestolen|verdachte|verdacht|gecompromitteerd|inbraak|onbevoegde|ongeautoriseerd*|misbruik|uitgelekt
        iemand ..6 ingelogd|toegang|account|wachtwoord
        [pl]
        zhakowan*|haker|hakerzy|wlamanie|wlamal|wlamano|wyciek*|phishing|wirus|podejrzane|luka|skradzion*|nieautoryzowan*|przejete
        [sv]
        hackad|hackat|hackats|intrang|misstankt|misstankta|sarbarhet|dataintrang|stulen|stulet|kapat|kapad|lackt|obehorig*
        [da]
        hacket|mistaenkelig|sikkerhedshul|stjalet|brud
        [ru]
        взлом*|хакер*|фишинг*|уязвимост*|утечк*|вирус*|украли|украден*|подозрительн*|несанкционированн*|скомпрометирован*|мошенник*
        [tr]
        hack*|calindi|ele_gecir*|guvenlik_acigi|supheli|oltalama|izinsiz_giris|sizdi
        [zh]
        黑客
        駭客
        被盗
        被盜
        盗号
        漏洞
        钓鱼
        釣魚
        病毒
        泄露
        洩露
        入侵
        异常登录
        異常登入
        [ja]
        不正アクセス
        乗っ取
        ハッキング
        ハック
        脆弱性
        フィッシング
        漏洩
        漏えい
        ウイルス
        不正ログイン
        盗まれ
        身に覚えのないログイン
        [ko]
        해킹*|해커*|피싱*|취약점*|유출*|도용*|악성코드*|바이러스*|침해*
        [ar]
        اختراق|اخترق|مخترق|تصيد|ثغره|فيروس|سرقه|سرق|مشبوه|تسريب
        """#

    private static let privacy = #"""
        [en]
        gdpr|ccpa|cpra|lgpd|pipeda|dsar|dsgvo|rgpd|popia|data_protection|data_privacy|privacy_law|privacy_laws|privacy_rights|privacy_regulation|privacy_complaint|privacy_breach|privacy_concern|privacy_concerns|privacy_officer|privacy_request|privacy_violation|privacy_shield|privacy_policy|privacy_team|subject_access|access_request|right_to_be_forgotten|right_to_erasure|right_of_access|right_to_access|right_to_object|data_portability|data_subject|data_controller|data_processor|data_processing|processing_agreement|sub_processor|subprocessor|subprocessors|sub_processors|personal_data|personal_information|personally_identifiable|pii|personal_details|personal_info|private_data|private_information|sensitive_data|confidential_data|dpa|dpo|information_commissioner|ico_complaint|supervisory_authority|standard_contractual|schrems|data_residency|data_retention|data_sharing|data_broker|data_brokers|data_collection|biometric|biometrics|surveillance|spying|stalking|stalker|stalked|opt_out_of_sale|sell_my_data|do_not_sell|anonymise_my|anonymize_my|privacy_notice|privacy_settings_ignored|consent_withdrawal|withdraw_consent|withdraw_my_consent|revoke_consent|revoke_my_consent|without_my_consent|without_our_consent|without_consent|consent_form|intimate
        delete|erase|remove|wipe|purge|forget|destroy|scrub|deletion|erasure|removal|anonymise|anonymize ..6 all|everything|any|every|of|my|our|his|her ..4 data|information|records|record|you_have|you_hold|about_me|about_us|about_him|about_her|traces|history|personal|details|you_know|you_store|you_keep|conversations
        delete|erase|wipe|purge ..2 my|our|customer|user|employee ..2 data|information|records|details|personal
        what|which|copy|all|list|send|provide|disclose ..3 data|information|records|details|everything|info ..3 you|thats|that_is|is ..2 have|hold|store|stored|keep|collect|collected|held|know|process ..4 about|on|of|me|us|collect|hold|store|keep|$
        everything|anything you ..2 hold|know|have|store|keep|collected ..2 about|on me|us|my|our
        who|whom ..3 has|have|had|can|is|are|else|do|does ..3 access|see|view|read|share|sell|shared|accessing|reading ..4 my|our|personal|customer|patient|client|employee ..2 data|information|files|records|messages|emails|details|conversations|documents
        share|shared|sharing|sell|sold|selling|disclose|disclosed|leak|leaked|hand_over|handed_over|distribute|passed_on|pass_on|gave_out|give_out ..4 my|our|personal|customer|their|private ..3 data|information|details|email_address|address|emails|number|name|records|info|medical|photos ..6 to|with|third|advertisers|others|without|anyone|partners|public|companies|$
        data|information ..4 sold|shared|sell|sharing|misused|harvested|mined|used_to_train|used_for_training|used_for_advertising|used_without|transferred|stored ..5 to|with|third|ads|advertisers|outside|abroad|us|usa|partners|in|ai|training|without|advertising|marketing|$
        where|how_long|country|outside ..4 data|information|personal ..4 stored|kept|retained|hosted|processed|located|transferred|store|keep|held
        stored|kept|retained|hosted|held|processed ..4 in|within|outside the? eu|europe|european_union|usa|uk|us
        train|training|trained ..3 ai|models|model|your ..4 my|our|customer|data
        my|our|his|her|customers|employees privacy|personal_data|private_photos
        privacy ..3 violated|violation|breach|rights|complaint|law|officer|invaded|invasion|concern|concerned|worried|policy|request|matters|act
        published|posted|exposed|publicly|leaked ..4 my|our|home ..2 home_address|address|phone_number|phone|name|email|real_name|photo|photos|birthday|date_of_birth|details
        track|tracking|tracked|monitor|monitoring|record|recording|spy|listening|eavesdropping|reading ..3 me|us|my|our ..3 location|employees|activity|behaviour|behavior|without|calls|conversations|movements|messages|private
        wrong|unintended|incorrect recipient|recipients|person|customer|people|patient
        another customer|patient|client ..4 received|saw|got|sees
        disclosed|cced ..6 wrong|everyone|all_customers|all_users|other_customers ..3 recipient|person|people|customer|$|list|address
        consent ..4 withdraw|never|without|gave|revoke|didnt|not|explicit|parental
        stop ..2 processing|collecting|sharing|selling|using|storing|tracking ..4 data|information|me|details|personal|email
        unsubscribe|unsubscribed|opted_out ..6 still|legal|gdpr|law|keep
        cookies|cookie ..3 consent|tracking|without|banner_legal
        background_check|ssn|social_security|passport_scan|my_passport|my_date_of_birth|drivers_license|driving_licence|national_insurance|identity_card|passport_number
        ! privacy mode|screen|filter
        ! data_processing pipeline|error|job
        ! delete|remove|erase ..3 all|my|the ..2 rows|tasks|messages|emails|mails|folders|projects|files|cookies|history|cache ..1 $
        [de]
        datenschutz*|dsgvo|datenauskunft|auskunft_nach|auskunftsersuchen|personenbezogen*|personlichen_daten|personliche_daten|recht_auf_vergessen*|privatsphare|einwilligung|auftragsverarbeit*|avv|datenweitergabe|datenverarbeitung|datenschutzbeauftragte*
        losch*|loschung|entfernen|vernichten|geloscht ..8 daten|informationen|gespeichert*
        daten ..8 losch*|geloscht|loschung|weitergegeben|verkauft|gespeichert|speichern|auskunft|weitergeben|verkaufen
        [fr]
        rgpd|cnil|donnees_personnelles|donnee_personnelle|vie_privee|protection_des_donnees|droit_a_loubli|droit_d_acces|droit_dacces|droit_a_l_oubli|consentement|confidentialite|dpo|mes_donnees|nos_donnees|informations_personnelles|mes_informations|droit acces
        supprimer|effacer|supprimez|effacez|suppression|effacement ..6 donnees|informations
        [es]
        rgpd|lopd|datos_personales|proteccion_de_datos|privacidad|derecho_al_olvido|mis_datos|nuestros_datos|consentimiento|informacion_personal|arco|aepd|datos_privados|derecho_de_acceso|derecho_de_supresion
        [pt]
        lgpd|rgpd|dados_pessoais|protecao_de_dados|privacidade|meus_dados|nossos_dados|direito_ao_esquecimento|consentimento|informacoes_pessoais|anpd|cnpd|os_meus_dados
        [it]
        gdpr|dati_personali|violazione_della_privacy|protezione_dei_dati|diritto_alloblio|diritto_all_oblio|miei_dati|nostri_dati|consenso|garante|informazioni_personali|diritto_di_accesso
        [nl]
        persoonsgegevens|de_avg|privacywet|privacyrechten|gegevensbescherming|recht_op_vergetelheid|mijn_gegevens|onze_gegevens|toestemming|persoonlijke_gegevens|inzageverzoek|verwerkersovereenkomst|autoriteit_persoonsgegevens
        [pl]
        rodo|danych_osobowych|dane_osobowe|prywatnosc*|moje_dane|moich_danych|uodo
        [sv]
        gdpr|personuppgifter|integritet|dataskydd*|mina_uppgifter|registerutdrag|imy
        [da]
        persondata|personoplysninger|databeskyttelse*|mine_data|privatliv
        [fi]
        henkilotie*|tietosuoja*|yksityisyy*
        [ru]
        персональн*|конфиденциальн*|мои_данные|моих_данных|личные_данные|личных_данных|приватност*
        [tr]
        kvkk|kisisel_veri*|kisisel_bilgi*|verilerimi*|gizlilik
        [zh]
        隐私
        隱私
        个人信息
        個人資料
        个人数据
        我的数据
        个资
        個資
        [ja]
        個人情報
        プライバシー
        個人データ
        データ ..4 削除
        [ko]
        개인정보*|프라이버시*|사생활*
        [ar]
        بياناتي|خصوصيه|الخصوصيه|بيانات_شخصيه|البيانات_الشخصيه|خصوصيتي
        """#

    private static let regulated = #"""
        [en]
        hipaa|phi|pci|pci_dss|fda|finra|sec_filing|sec_rule|sox|sarbanes|glba|ferpa|coppa|kyc|aml|money_laundering|anti_money|sanctions|sanctioned|embargo|ofac|export_control|itar|ear99|fedramp|mifid|basel|psd2|fca|bafin|fiduciary|gxp|21_cfr|clinical|clinician|medical_diagnosis|medication|medications|medicine|medical|medically|prescription|prescriptions|prescribed|dosage|dose|doctor|physician|patient|patients|my_symptoms|pregnant|pregnancy|allergic|allergy|overdose|insulin|epilepsy|seizure|seizures|heart_attack|pacemaker|health_record|health_records|health_data|health_information|health_condition|mental_health|suicide|suicidal|kill_myself|killing_myself|end_my_life|ending_my_life|self_harm|hurt_myself|harm_myself|want_to_die|hurting_myself|dont_want_to_live|child_abuse|csam|underage|minors|child_safety|sexual|sexually|harassment|harassed|harassing|harass|hate_speech|racist|racism|racial|discrimination|discriminating|discriminate|terrorism|terrorist|bomb|weapon|weapons|firearm|firearms|explosive|explosives|gambling|casino|alcohol_licence|cannabis|controlled_substance|narcotics|whistleblower|whistleblowing|bribery|bribe|insider_trading|tax_advice|tax_evasion|tax_return|tax_authority|tax_authorities|tax_liability|tax_deductible|hmrc|irs|vat_fraud|financial_advice|investment_advice|investments|medical_advice|legal_advice|insurance_claim|insurance_policy|life_insurance|mortgage|pension|bankruptcy|insolvency|insolvent|foreclosure|securities|tax_audit|auditor|auditors|regulator|regulators|regulatory|compliance_officer|compliance_team|compliance_audit|pci_compliant|accessibility_law|ada_complaint|section_508|disability|disabled_person|injury|injured|injuries|electric_shock|electrocuted|burned_me|burnt|caught_fire|fire_hazard|safety_hazard|hazard|hazardous|poison|poisoned|poisoning|toxic|choking_hazard|recall_notice|product_recall|hospitalised|hospitalized|ambulance|deceased|passed_away|bereavement|has_died|died_last|recently_died|death_certificate|violence|violent|assault|assaulted|abuse|abused|abusive|threatened_me|threatening|threatens_to|death_threat|death_threats|kidnapped|trafficking|emergency_services|danger_to|life_threatening|eating_disorder|depressed|depression|addiction|rape|raped
        invest|investing|investment ..5 should|advice|advise|recommend|in|my|safe|returns|portfolio
        should|can|is_it|safe|how|what|may|do ..4 take|use|taking|stop ..4 medicine|drug|drugs|pill|pills|medication|tablets|vaccine|supplement|supplements
        my|our|a ..2 child|son|daughter|kid|kids|children|teenager|year_old ..6 under|age|13|account|inappropriate|bullied|bullying|groomed|porn|adult|predator
        under 13|16|18|age
        on|my|our|file taxes|tax_return
        put|invest|move ..3 savings|life_savings
        my|our regulator
        age ..2 verification|limit|restriction|consent
        tax|taxes|vat|taxation ..4 advice|advise|owe|law|liability|evade|avoid|deduct|declare|treatment|authority|implications|exempt|obligation|file|report_to|penalty|audit|legal
        loan|credit_score|credit_report|credit_rating|lending|debt|mortgage|pension|retirement ..4 advice|apply|approve|denied|rejected|score|should|deny|refused|qualify|interest|eligible|savings
        on_fire|smoke|burning|exploded|explosion|sparks|battery_swelling|swollen_battery|swelling ..4 device|battery|charger|from|my|the|hand|house|smell|in|$
        burned|burnt|hurt|harmed|bleeding|shocked ..2 me|my|child|skin|hand
        made|makes|making|feel|got ..2 me|my|him|her ..2 sick|unwell|nauseous
        regulated|licensed|licence|certified|approved ..4 by|industry|bank|activity|product|advice|medical|financial|device|authority|sector|entity
        retention|records|record_keeping|audit_trail|validated ..4 regulation|regulations|regulatory|statutory|compliance|law|hipaa|gxp|tax|required_by
        ! toxic positivity
        ! dead link|links|end|code|key|letter|battery|pixel|lock|laptop
        ! minor version|versions|bug|issue|update|release|change|typo|upgrade|improvement|problem|edit|annoyance|details|point|revision
        ! patient with|while|and_thank|enough
        ! please|very|so|be|being|been|i_am|im patient
        ! dose of
        ! link|is|are|page|screen|site|server|hard_drive dead
        ! investments board|tab|report_name
        ! threat model|modelling|modeling
        ! abuse rate_limit
        ! burning question
        ! emergency contact_field
        ! session|process|task|worker|connection|server|service|job|thread|kernel|program|app|computer|laptop|disk|drive|battery|phone died|death|dead
        ! compliance_tab|compliant_browser
        ! standards|standard|unicode|rfc|w3c|html|css|c99|posix|sql compliant|compliance
        ! doctor command|kb|brew|flutter|run
        ! security securities
        [de]
        arzt|arztlich*|medikament*|medizin*|patient|patienten|patientendaten|rezept|dosierung|krankenkasse|gesundheitsdaten|suizid*|selbstmord|umbringen|verletzt|verletzung|steuerberat*|steuerrecht*|anlageberat*|geldwasche|bafin|jugendschutz|minderjahrig*|diskriminier*|belastig*|brandgefahr|gefahrlich|stromschlag|verstorben|gestorben|aufsichtsbehorde|finanzamt|compliance|krankenhaus|unfall|bedroht|drohung|finanzaufsicht|steuerlich*|krankheit|allergi*
        [fr]
        medecin|medical|medicale|medicales|medicament|medicaments|patient|patients|ordonnance|sante|suicide|suicider|blesse|blessure|fiscal|fiscale|conseil_financier|blanchiment|mineur|mineurs|discrimination|harcelement|dangereux|incendie|decede|deces|conformite|acpr|amf|hds|hopital|menace|menaces|posologie|impots|investir
        [es]
        medico|medica|medicos|medicamento|medicamentos|paciente|pacientes|receta|diagnostico|salud|suicidio|suicidarme|herido|lesion|fiscal|asesoramiento_financiero|blanqueo|menor_de_edad|menores|discriminacion|acoso|peligroso|incendio|fallecido|fallecio|regulador|amenaza|amenazas|dosis|hacienda|impuestos|invertir
        [pt]
        medico|medica|medicamento|medicamentos|paciente|pacientes|receita_medica|diagnostico|saude|suicidio|ferido|lesao|fiscal|lavagem_de_dinheiro|menor_de_idade|menores|discriminacao|assedio|perigoso|incendio|faleceu|falecido|ameaca|dose|impostos|investir
        [it]
        medico|medici|medica|medicinale|farmaco|farmaci|paziente|pazienti|ricetta|diagnosi|salute|suicidio|suicidarmi|ferito|lesione|fiscale|riciclaggio|minorenne|minorenni|discriminazione|molestie|pericoloso|incendio|deceduto|morto|conformita|consob|ospedale|minaccia|minacce|dosaggio|tasse|investire
        [nl]
        dokter|huisarts|medisch|medische|medicijn|medicijnen|patienten|gezondheid|zelfmoord|gewond|letsel|belastingadvies|witwassen|minderjarig*|discriminatie|intimidatie|gevaarlijk|overleden|toezichthouder|afm|ziekenhuis|bedreiging|belastingdienst
        [pl]
        lekarz|lekarza|leki|pacjent*|recepta|diagnoza|zdrowi*|samobojstw*|ranny|podatkow*|pranie_pieniedzy|nieletni*|dyskryminac*|molestowan*|niebezpieczn*|zmarl*|knf
        [sv]
        lakare|medicin|patient|patienter|patientdata|diagnos|sjalvmord|skadad|skatterad*|penningtvatt|minderarig*|diskriminering|trakasserier|avliden|dodsfall|finansinspektionen
        [ru]
        врач*|лекарств*|пациент*|диагноз*|здоровь*|самоубийств*|суицид*|травм*|налог*|отмывани*|несовершеннолетн*|дискриминац*|домогательств*|умер|скончал*|опасн*
        [zh]
        医疗
        醫療
        药物
        藥物
        患者
        病人
        自杀
        自殺
        未成年
        歧视
        骚扰
        洗钱
        税务
        投资建议
        受伤
        合规
        [ja]
        医療
        薬
        患者
        診断
        自殺
        死にたい
        未成年
        差別
        ハラスメント
        税務
        怪我
        けが
        発火
        投資
        亡くなった
        [ko]
        의료*|의사*|약물*|환자*|진단*|자살*|미성년*|차별*|성희롱*|세금*|부상*|화재*|투자*|사망*
        [ar]
        طبيب|دواء|مريض|مرضي|تشخيص|انتحار|قاصر|تمييز|تحرش|ضرائب|اصابه|وفاه
        """#
}

/// The topics shipped with kb.
public enum SensitiveTopic: String, Sendable, CaseIterable {
    case legal
    case billingDispute = "billing_dispute"
    case security
    case privacy
    case regulated
}
