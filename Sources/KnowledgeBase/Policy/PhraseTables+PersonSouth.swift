/// "I want a person" in the Romance, Slavic and other languages.
extension PhraseTables {
    static let personRomance = #"""

        [fr]
        @adj = un|une|le|la|l|les|des|du|de|d|vrai|vraie|veritable|reel|reelle|votre|vos|humain|humaine|autre|quelqu|en|chair|et|os|personne|service|vraies|vrais|competent|vivant|vivante|dun|dune|equipe
        @person = humain|humains|humaine|personne|personnes|agent|agents|conseiller|conseillere|conseillers|representant|operateur|operatrice|quelquun|quelqu_un|technicien|responsable|collaborateur|superviseur|employe|interlocuteur|etre_humain|service_client|service_clients|manager|specialiste|assistant_humain|teleconseiller|sav|un_de_vos
        @bot = bot|bots|robot|robots|chatbot|chatbots|ia|automate|automatique|automatiques|automatisees|automatisee|intelligence_artificielle
        parler|discuter|causer|echanger|dialoguer|communiquer|parle|entretenir|parlez|converser|joindre|contacter|contact|relation|communication ..3 a|avec|au|en ..1 @adj{6} @person
        parler|joindre|voir|contacter|avoir|avoir_affaire ..2 @adj{5} @person
        veux|voudrais|souhaite|besoin|aimerais|demande|exige|passez|passer|donnez|puis|peux|prefere|pourrais|mettez|faut|donne|envoyez|souhaiterais ..4 @adj{5} humain|conseiller|conseillere|representant|operateur|vrai_conseiller|vraie_personne|responsable|etre_humain|interlocuteur|agent|superviseur
        vrai|vraie|veritable|reel|reelle|etre @adj{2} @person|humain|interlocuteur
        transferez|transferer|connectez|passez|mettez|mettre|redirigez|orientez|basculez|transferes|transmettez|passe ..3 moi|me|nous|demande|conversation ..4 @adj{4} @person|relation|contact
        passez|mettez_moi|mettre ..2 moi|en ..3 conseiller|agent|quelqu_un|quelquun|relation|contact|responsable|humain
        rappelez|rappeler|appelez|rappel|rappelle|telephonez|appeler|rappele ..2 moi|me|telephonique|nous|svp
        pouvez|pourriez|peut|peux|faut|voudrais|veux|souhaite|aimerais|merci ..3 me|m|etre|nous rappeler|appeler|rappele|rappelee|telephoner|rappelle|appelle
        humain|agent|conseiller|personne|operateur svp|sil_vous_plait|s_il_vous_plait|stp|merci|disponible|plutot
        ^ humain|conseiller|agent|operateur|un_humain|un_conseiller|service_client $
        pas|plus|marre|assez|sans|non|aucun|stop|deteste|ras_le_bol ..5 @bot
        numero|telephone ..4 appeler|joindre|service_client|contacter
        quelqu ..1 un ..4 peut|pourrait|puisse|pour ..3 appeler|aider|rappeler|contacter|repondre|regarder|m
        est|y|a ..4 quelqu_un ..4 la|ici|parler|au_bout|disponible|humain
        comment|ou ..4 joindre|contacter|parler ..4 quelqu_un|quelquun|humain|conseiller|service_client|vous|agent
        escalader|escalade
        ! mes|nos|les|leurs clients|utilisateurs|visiteurs ..6 parler|discuter|humain|joindre
        ! pas|inutile ..1 besoin|necessaire|de|d ..2 parler|conseiller|rappeler|humain|agent ..4 humain|conseiller|quelqu_un|agent|$
        ! comment ..4 ajouter|supprimer|inviter|creer|attribuer ..4 agent|personne|conseiller|responsable

        [es]
        @adj = un|una|el|la|los|las|de|del|al|con|algun|alguna|verdadera|verdadero|real|viva|vivo|humana|humano|su|sus|vuestro|tu|otra|otro|alguien|carne|y|hueso|atencion|servicio|persona|ser|competente
        @person = humano|humanos|humana|persona|personas|agente|agentes|representante|representantes|asesor|asesora|operador|operadora|alguien|ser_humano|supervisor|supervisora|encargado|gerente|tecnico|ejecutivo|ejecutiva|responsable|empleado|atencion_al_cliente|servicio_al_cliente|especialista|soporte|jefe|asistente_humano
        @bot = bot|bots|robot|robots|chatbot|maquina|maquinas|ia|automatica|automaticas|automatizada|automatizadas|contestador|inteligencia_artificial
        hablar|charlar|chatear|conversar|comunicarme|comunicar|hablo|hable|platicar|contactar|contacto|comunicarse|hablarle|tratar|comuniqueme|comunicame|comuniquenme|conectar|conectarme|conecteme ..3 con|a ..1 @adj{6} @person
        hablar|contactar|conectar ..2 @adj{4} @person
        quiero|quisiera|necesito|deseo|pido|exijo|deme|dame|prefiero|solicito|puedo|puede|me_gustaria|busco|pasame|paseme|ponme|pongame|denme|requiero ..4 @adj{5} humano|persona|agente|representante|asesor|asesora|operador|operadora|persona_real|supervisor|ser_humano|ejecutivo|alguien_real
        persona|humano|agente|alguien|ser|asesor real|viva|vivo|humano|humana|verdadera|de_verdad|de_carne
        transfieran|transfiera|transfierame|transfiereme|pasame|paseme|paseme|conectame|conecteme|comunicame|comuniqueme|derivar|derivenme|derivame|ponganme|pongame|ponme|transferirme|pasarme|pasenme|conectenme|deriven|escalen|escalar|escale
        pasar|poner|transferir|conectar ..4 @adj{4} @person
        llamame|llameme|llamenme|llamarme|devolver_la_llamada|me_llamen|me_llame|me_llaman|me_llamas|devolucion_de_llamada|llamada_de_vuelta|me_contacten|contactenme
        que ..2 alguien ..3 llame|ayude|contacte|atienda|responda|me
        alguien ..4 puede|podria|pueda ..3 llamar*|ayudar*|atender*|contactar*|hablar
        humano|persona|agente|operador|asesor por_favor|porfavor|porfa|ya|ahora|xfa
        ^ humano|agente|persona|operador|operadora|asesor|representante|un_humano|un_agente $
        no|ni|sin|harto|harta|cansado|cansada|basta|nada|dejen|odio ..5 @bot
        hay ..2 alguien|algun|alguna ..4 ahi|aqui|persona|humano|hablar|agente|real
        telefono|numero ..4 llamar|atencion|contactar|hablar|soporte
        como|donde ..3 hablo|contacto|hablar|contactar|comunico ..3 con|a ..3 @person|ustedes|soporte
        ! mis|nuestros|los|sus clientes|usuarios|visitantes ..6 hablar|humano|chatear|contactar
        ! no necesito|hace_falta|es_necesario ..3 hablar|llamen|llame|agente|persona|humano
        ! como ..4 agregar|anadir|eliminar|invitar|asignar|crear ..4 agente|persona|agentes|personas|supervisor|usuario

        [pt]
        @adj = um|uma|o|a|os|as|de|do|da|algum|alguma|real|verdadeira|verdadeiro|humano|humana|outro|outra|seu|sua|alguem|carne|e|osso|pessoa|ser|vivo|viva|atendimento|verdade|atendente
        @person = humano|humanos|humana|pessoa|pessoas|atendente|atendentes|agente|representante|operador|operadora|alguem|supervisor|gerente|ser_humano|consultor|tecnico|funcionario|responsavel|suporte|atendimento_humano|assistente_humano|especialista|assistente_real
        @bot = bot|bots|robô|robôs|robot|robô|chatbot|maquina|ia|automatica|automaticas|automatico|inteligencia_artificial|robozinho
        falar|conversar|contato|contactar|falo|comunicar|tratar|fala|chat|contatar|falasse ..3 com|a|pra|para ..1 @adj{6} @person
        quero|queria|gostaria|preciso|posso|desejo|exijo|prefiro|chama|chame|passa|passe|necessito|pode|solicito|me_da|arruma|quer ..4 @adj{5} humano|pessoa|atendente|atendimento_humano|agente|representante|operador|pessoa_real|supervisor|ser_humano|pessoa_de_verdade
        pessoa|humano|atendente|ser|alguem|atendimento real|viva|humano|humana|verdadeira|de_verdade|vivo
        transfira|transfere|transferir|passe|passa|conecte|conecta|coloque|encaminhe|encaminhar|ligar|direcione ..3 me|para|pra|a|com|ao ..4 @adj{4} @person
        me_liga|me_ligue|me_liguem|ligar_para_mim|ligue_me|liguem_me|retornar_a_ligacao|me_ligar|ligue_para_mim|liga_para_mim|ligassem|liguem_para_mim|ligar_me|me_ligasse
        humano|pessoa|atendente|operador por_favor|pfv|porfavor|pf|agora|se_faz_favor|pfvr
        ^ humano|atendente|pessoa|operador|um_humano|um_atendente|falar_com_atendente $
        nao|sem|chega|cansado|cansada|farto|nem|odeio|cansei|farta ..5 @bot
        alguem ..4 pode|poderia|possa|que ..4 ligar|ajudar|falar|atender|contactar|contatar|entenda
        tem|ha|existe ..2 alguem|algum|alguma|um ..4 ai|aqui|humano|falar|pessoa|atendente|real
        telefone|numero ..4 ligar|falar|atendimento|suporte|contacto
        ! meus|nossos|os|seus clientes|usuarios|utilizadores|visitantes ..6 falar|humano|conversar
        ! nao preciso|precisa|e_necessario ..3 falar|atendente|ligar|pessoa|ligue|liguem

        [it]
        @adj = un|una|uno|il|la|lo|l|gli|con|di|vero|vera|reale|umano|umana|umani|in|carne|e|ossa|altro|altra|vostro|vostra|vostri|qualche|dei|del|servizio|essere|persona|dell|assistenza
        @person = umano|umani|umana|persona|persone|operatore|operatrice|operatori|agente|rappresentante|consulente|addetto|qualcuno|responsabile|essere_umano|supervisore|tecnico|assistente|servizio_clienti|impiegato|capo|specialista|vostro_team|assistenza_clienti
        @bot = bot|robot|chatbot|macchina|macchine|ia|automatico|automatica|automatici|automatiche|risponditore|intelligenza_artificiale
        parlare|parlo|chattare|discutere|comunicare|contatto|contattare|parlarne|conversare|conferire|parli|trattare|collegato ..3 con|a|ad ..1 @adj{6} @person
        voglio|vorrei|posso|potrei|desidero|bisogno|serve|datemi|dammi|mi_passi|preferisco|esigo|chiedo|pretendo|cerco|preferirei|fatemi ..4 @adj{5} operatore|umano|persona_reale|persona_vera|essere_umano|persona|rappresentante|responsabile|consulente|addetto
        operatore|persona|essere|qualcuno|assistenza|umano reale|umano|umana|vera|vero|viva|in_carne
        vera|vero|reale|autentica persona|operatore|umano
        passami|passatemi|mi_passi|mi_passa|mi_passate|collegatemi|mettetemi|trasferitemi|trasferiscimi|mi_trasferisca|passarmi|trasferirmi|mettermi|mi_metta|mi_metti|mi_trasferisci|mi_colleghi|escalation|mettimi|collegami
        richiamatemi|chiamatemi|chiamami|richiamami|mi_chiami|mi_richiami|mi_richiamate|mi_chiamate|essere_richiamato|essere_richiamata|essere_chiamato|mi_chiamasse|richiamarmi|chiamarmi|essere_ricontattato|ricontattatemi|contattatemi
        umano|persona|operatore per_favore|perfavore|grazie|subito|adesso|prego
        ^ operatore|umano|un_operatore|un_umano|servizio_clienti|persona $
        non|basta|niente|senza|stufo|stanco|stufa|no|odio ..5 @bot
        qualcuno ..4 puo|potrebbe|possa|che ..4 chiamarmi|aiutarmi|contattarmi|rispondermi|chiamare|aiutare
        c_e|ce ..2 qualcuno|un|una ..4 umano|persona|li|parlare|operatore|reale
        numero ..4 chiamare|assistenza
        come ..3 contatto|parlo|posso_contattare|posso_parlare ..4 @person|voi|vi
        ! i|miei|nostri|miei_clienti|clienti|utenti|visitatori ..2 clienti|utenti ..6 parlare|operatore|umano
        ! non serve|occorre|ho_bisogno|e_necessario ..3 parlare|operatore|chiamate|richiamare|essere_richiamato

        [ro]
        vorbi|vorbesc|discut|vorbeasca|vorbim|legatura|contact ..3 cu ..4 om|persoana|operator|cineva|agent|reprezentant|consultant|uman|omul|angajat|persoane
        vreau|doresc|as_vrea|pot|nevoie ..5 operator|om_real|persoana_reala|agent_uman|om_adevarat|om|operator_uman|uman|reprezentant
        suna|sunati|sunat|contactati ..2 ma|inapoi
        ma|sa_ma suna|sunati|sune|contactati|contacteze|transferati
        nu|fara|satul ..5 robot|bot|chatbot|masina|robotul
        puteti|va_rog|faceti ..2 legatura ..2 cu|un
        ^ operator|om|agent $

        [ca]
        parlar|xatejar|contactar ..3 amb ..4 persona|huma|agent|algu|operador|humana
        vull|voldria|necessito|puc ..5 persona_real|huma|agent|operador
        """#

    static let personOthers = #"""

        [pl]
        porozmawiac|rozmawiac|pogadac|mowic|skontaktowac|kontakt|polaczyc|rozmowa|rozmowe|rozmowy|pomowic|czatowac|gadac|rozmawiam|kontaktu ..3 z|ze ..4 czlowiekiem|osoba|konsultantem|pracownikiem|kims|agentem|konsultantka|przedstawicielem|kierownikiem|obsluga|ludzmi|operatorem|przelozonym|zywym|kimkolwiek|menedzerem
        z|ze|do prawdziwym|zywym|zywego|prawdziwego ..2 czlowiekiem|czlowieka|konsultantem|konsultanta|osoba
        chce|prosze|potrzebuje|chcialbym|chcialabym|dajcie|daj|poprosze|zadam|wole ..4 czlowieka|konsultanta|prawdziwa_osobe|zywego|zywa_osobe|czlowiek|operatora|kontakt|pracownika|kierownika|przelozonego
        prosze|mozecie|moze|moglby ..3 polaczyc|przelaczyc|polaczenie|oddzwonic|zadzwonic|przekierowac|oddzwonienie|telefon
        polacz|polaczcie|przelacz|przelaczcie|oddzwoncie|zadzwoncie|oddzwon|zadzwon|oddzwonic|przekierujcie ..2 mnie|do_mnie|z|prosze
        nie|zaden|dosc|bez|zadnych|mam_dosc ..5 bot|botem|robotem|automatem|chatbotem|maszyna|botow|robotow|boty|bota|robota
        ^ czlowiek|konsultant|czlowieka|konsultanta $
        ktos|czy_ktos ..3 moze|moglby ..4 zadzwonic|pomoc|skontaktowac|oddzwonic
        zywy|prawdziwy czlowiek|konsultant

        [cs]
        mluvit|hovorit|promluvit|spojit|kontakt|popovidat|bavit|napsat|prepojit ..3 s|se ..4 clovekem|osobou|operatorem|nekym|zastupcem|pracovnikem|podporou|zivym|skutecnym|lidmi|operatorkou|vedoucim
        chci|chtel|potrebuji|prosim|chtela|dejte ..4 cloveka|operatora|skutecneho|ziveho|zivou_osobu|zivym
        s zivym|skutecnym|opravdovym clovekem|operatorem
        spojte|prepojte|zavolejte|zavolate|zavolat ..2 me|mi|na|zpet
        ne|zadny|zadneho|nechci ..5 bot|botem|robotem|robot|chatbot|strojem|chatbotem|automatem
        hovorit|rozpravat|spojit|porozpravat ..3 s|so ..4 clovekom|osobou|operatorom|niekym|zivym|skutocnym
        nechcem ..5 robotom|botom|chatbotom

        [ru]
        @person = человеком|оператором|менеджером|специалистом|сотрудником|живым|кем-то|кем|кем_нибудь|поддержкой|представителем|консультантом|руководителем|людьми|реальным|агентом|начальником
        поговорить|говорить|пообщаться|общаться|связаться|соединить|поговорю|связь|побеседовать|соедините|соедини|переключите|переключи|связаться|свяжите|связать|переписываться|беседовать ..5 с|со|на ..3 @person|оператора|человека|менеджера|специалиста
        позовите|позови|соедините|соедини|переключите|переключи|переведите|переведи|дайте|дай|нужен|нужна|хочу|требую|можно|прошу|жду|подключите|пригласите|передайте|зовите ..4 оператора|человека|человек|оператор|менеджера|менеджер|живого|живой|специалиста|сотрудника|консультанта|живому|человеку|оператору|руководителя|начальника|специалисту
        живой|живого|живым|реальный|реальным|реального|настоящим|настоящий человек|человека|человеком|оператор|оператора|оператором|сотрудником|специалист*|сотрудник
        перезвоните|позвоните|перезвонить|позвонить|перезвони|позвони ..2 мне|пожалуиста|нам
        чтобы ..3 мне|нам ..2 перезвонил*|позвонил*
        не|без|хватит|надоел*|устал ..5 бот|ботом|роботом|робот|машинои|чат_бот|роботами|ботами|бота|робота|автоответчик*
        ^ ..1 оператор|человек|оператора|человека|менеджер|специалист ..1 $
        кто_нибудь ..4 человек|помочь|позвонить|живои|живой
        живои|реальныи|настоящии|живым|живого человек|оператор|сотрудник|специалист|человеком
        есть ..3 живои|кто_нибудь|люди|живые ..3 люди|человек|здесь|кто
        ! не|без ..3 нужен|нужно|надо|звонить|перезванивать ..3 оператор|человек|звонить|перезванивать|звонок

        [uk]
        поговорити|говорити|звязатися|поспілкуватися|зєднайте|зєднати|спілкуватися|з_єднайте|зв_язатися|зв_язок ..5 з|із|зі|до ..3 людиною|оператором|менеджером|спеціалістом|кимось|живою|працівником|фахівцем|підтримкою|реальною
        покличте|потрібен|потрібна|хочу|дайте|прошу|переключіть|переведіть|з_єднайте|можна ..4 оператора|людину|людина|оператор|менеджера|живу|живого|оператору|людиною
        передзвоніть|подзвоніть|зателефонуите|передзвонити|зателефонувати ..2 мені|будь
        не|без|годі ..5 ботом|роботом|бот|робот|машиною|чатботом|боти|роботами
        ^ оператор|людина $
        жива|живою|реальною|справжньою людина|людиною

        [tr]
        @person = insan|insanla|biriyle|biriyla|temsilci|temsilciyle|temsilcisiyle|temsilcisi|temsilciye|yetkili|yetkiliyle|yetkiliye|insana|birine|operator|operatorle|musteri_temsilcisi|temsilcisine|temsilcisiyle|kisiyle|kisi|yonetici|yoneticiyle|personel|birisiyle|uzmanla|calisanla
        @person ..3 konus*|gorus*|baglan*|bagla*|yaz*|aktar*|iletisim*|ulas*|istiyorum|rica|gerek|lazim|ile
        @person baglanmak|konusmak|gorusmek
        gercek|canli ..2 @person|destek|birisi*
        beni|bizi ..2 arayin|arar|arasin|ara|arayabilir|aktar*|bagla*|aramaniz*
        robot|robotla|bot|botla|makine|makineyle|chatbot|yapay_zeka ..3 degil|istemiyorum|istemem|yerine|konusmak_istemiyorum|biktim
        ^ temsilci|insan|operator|musteri_temsilcisi $

        [hu]
        beszelni|beszelnek|beszelhetek|beszelgetni|beszeljek|kapcsolja|kapcsoljon|kerem|szeretnek|akarok|kerek|kapcsoljanak ..5 emberrel|ugyintezovel|valakivel|ugyintezo|munkatarssal|ember|ugyfelszolgalattal|ugyintezot|operatorral|embert|szemellyel|kezelovel
        emberrel|ugyintezovel|valakivel|munkatarssal ..4 beszelni|beszelnek|szeretnek|akarok|beszelhetek
        hivjon|hivjanak|hivjatok ..1 vissza|fel
        nem ..3 bottal|robottal|geppel|chatbottal

        [el]
        μιλησω|μιλαω|συνδεσετε|επικοινωνησω|συνδεστε|μιλησουμε|συζητησω ..3 με|σε ..4 ανθρωπο|εκπροσωπο|καποιον|υπαλληλο|υπευθυνο|ατομο|πραγματικο|τεχνικο
        θελω|χρειαζομαι|θα_ηθελα|δωστε ..4 ανθρωπο|εκπροσωπο|πραγματικο_ανθρωπο|εκπροσωπος
        πραγματικο|ζωντανο|αληθινο ανθρωπο|ατομο|εκπροσωπο
        καλεστε|παρτε|τηλεφωνηστε ..2 με|μου
        δεν|οχι ..4 ρομποτ|μηχανη|bot|μποτ

        [ar]
        اتحدث|التحدث|اتكلم|التكلم|التواصل|تحدث|اتواصل|احكي|كلم|تكلم|الكلام|الحديث|نتحدث|التحدت ..3 مع|الي|ل ..3 شخص|انسان|موظف|ممثل|احد|بشر|مندوب|بشري|مسوول|مدير|موظفي|خدمه|حد|وكيل|انسانا|شخصا
        اريد|احتاج|ارجو|اطلب|حولني|وصلني|حولوني|ممكن|اود|بدي|عايز|ابغي|ابي|يمكنني|هل ..4 شخص|انسان|موظف|ممثل|بشري|موظفا|مندوب|حقيقي|انسانا|بشر|موظف_حقيقي
        حولني|وصلني|حولوني|تحويلي|صلني ..2 الي|ب|بموظف|لموظف|بشخص|مع|بخدمه
        موظف|شخص|انسان حقيقي|بشري|من_فضلك
        اتصلوا|اتصل|كلموني|يتصل ..2 بي|احد|بنا|علي
        لا|ليس|مش|ما|بدون ..4 روبوت|بوت|اله|الروبوت|البوت|الي|روبوتات|اليا

        [he]
        לדבר|לשוחח|להתכתב|דבר|לתקשר ..2 עם ..3 נציג|אדם|מישהו|בן_אדם|נציגה|אנושי|מנהל|נציג_אנושי|אנושית
        רוצה|צריך|צריכה|אפשר|תעבירו|העבירו|תנו|מבקש|מבקשת ..4 נציג|אדם|אנושי|לנציג|מענה_אנושי|בן_אדם
        נציג|מענה|אדם אנושי|אמיתי|בבקשה
        תתקשרו|התקשרו|תחזרו|שיחזרו ..1 אלי|אליי
        לא ..4 בוט|רובוט|מכונה

        [hi]
        इंसान|व्यक्ति|आदमी|एजेंट|प्रतिनिधि|किसी|मनुष्य|अधिकारी|मैनेजर|ऑपरेटर|कर्मचारी ..4 बात|बोलना|जोड़*|कनेक्ट|संपर्क|चाहिए|दीजिए|कराइए|कराओ|करवा*
        असली|वास्तविक|जीवित ..1 इंसान|व्यक्ति|आदमी
        insaan|insan|aadmi|agent|kisi|banda|vyakti|executive ..4 baat|bat|connect|chahiye
        मुझे ..2 कॉल|फोन|फ़ोन
        रोबोट|बॉट|मशीन ..3 नहीं

        [id]
        bicara|berbicara|ngobrol|chat|hubungkan|sambungkan|terhubung|ngomong|berkomunikasi|disambungkan ..4 dengan|sama|ke ..4 orang|manusia|agen|petugas|operator|seseorang|cs|customer|staf|admin|perwakilan|supervisor
        mau|ingin|butuh|perlu|minta|tolong|bisa|pengen ..4 manusia|orang_asli|petugas|operator|agen_manusia|orang_sungguhan|orang_beneran|manusia_asli
        orang|manusia|agen asli|nyata|sungguhan|beneran
        telepon|hubungi|telpon ..1 saya|balik
        bukan|jangan|tidak ..4 bot|robot|mesin|chatbot
        bercakap|cakap ..3 dengan ..3 orang|manusia|ejen|pegawai|wakil

        [vi]
        noi_chuyen|tro_chuyen|gap|chat|lien_he|ket_noi|trao_doi ..4 voi|toi|den|cho ..4 nguoi|nhan_vien|tu_van_vien|tong_dai_vien|con_nguoi|quan_ly|ai_do
        muon|can|cho_toi|xin|gap|yeu_cau ..4 nguoi_that|nhan_vien|tu_van_vien|con_nguoi|tong_dai_vien
        nguoi that|thuc
        goi ..2 cho_toi|lai|lai_cho
        khong ..5 robot|bot|may|chatbot

        [tl]
        makausap|kausap|makipag_usap|kausapin ..5 tao|ahente|agent|tunay|totoong|representative
        gusto|kailangan|pwede ..5 tao|ahente|agent|totoong

        [zh]
        人工
        真人
        活人
        转 ..2 客服
        找 ..3 客服|经理|主管|专员|人_工
        真实 ..2 人
        和|跟|与|同|想|要|找|跟_你们|轉 ..6 人|客服|经理|专员|工作人员|代表|主管|客服人员|專員|經理|負責人|负责人 ..2 说话|谈|聊|交谈|沟通|通话|说|講|說話|溝通|聊聊|说一下|處理|处理|談
        给我|請|请|麻烦|让|讓|叫 ..4 回电|打电话|回电话|來電|回電|打个电话|打電話|回个电话
        不|别|不想|不要|別 ..6 机器人|机器|機器人|自动回复|機器|人工智能|智能客服|自動回覆
        有 人 ..3 在_吗|在_嗎
        有 活|真 人
        客服 ..2 电话|热线|電話|熱線
        接 ..2 客服|人工
        ! 人工 智能|翻译|審核|审核|标注|智慧|分类
        ! 真人 认证|验证|驗證|頭像|头像
        ! 如何|怎么|怎樣|怎样 ..4 添加|删除|设置|分配|設定|新增|邀请 ..4 客服|人工|经理|专员

        [ja]
        人間 ..8 話|対応|代わ|担当|繋|つな|お願|と
        人 ..2 と ..4 話|やり取り|チャット|会話|直接
        人 ..3 に ..3 代わ|変わ|つな|繋|替わ|対応|相談
        担当|担当者|オペレーター|オペレータ|スタッフ|係|責任者|上司|専門家|サポート|有人|係員|窓口 ..6 話|つな|繋|代わ|お願|相談|呼|変わ|対応|直接|替わ|連絡|出し|希望
        有人 ..2 対応|チャット|サポート|窓口
        生身|本物|実際 ..2 の ..2 人|担当|スタッフ|オペレーター
        折り返し
        電話 ..4 ください|下さい|ほし|欲し|お願|もらえ|いただ
        サポート ..4 電話番号
        ボット|ロボット|機械|自動応答|自動返信|チャットボット|ＡＩ ..6 ない|嫌|いや|なく|うんざり|やめ|結構
        ai ..6 な_く|嫌|い_や
        オペレーター|オペレータ $
        ^ オペレーター|人間|担当者

        [ko]
        상담원*|상담사*|직원*|사람*|담당자*|매니저*|책임자*|관리자* ..3 연결*|통화*|바꿔*|이야기*|얘기*|대화*|부탁*|불러*|상담*|말하*|원해*|필요*|원합*|하고
        사람|상담원|상담사|직원|진짜_사람|실제_사람 이랑|하고|과|와|좀|주세요
        진짜|실제 사람*|상담원*|직원*
        전화 ..2 주세요|해주세요|부탁*|해|주시*|걸어*|바랍*|달라
        로봇*|챗봇*|봇|기계*|ai|인공지능* ..3 말고|싫*|아닌|그만|아니라|대신
        ^ 상담원|상담사|상담원연결 $
        인간 ..3 상담*|연결*|대화*

        [th]
        คุย|พูด|ติดต่อ|สนทนา|โอน|ขอสาย|คุย_กับ ..12 คน|เจ้าหน้าที่|พนักงาน|แอดมิน|มนุษย์|ผู้จัดการ|ตัวแทน
        ขอ|ต้องการ|อยาก ..10 เจ้าหน้าที่|พนักงาน|คน_จริง|มนุษย์
        โทร ..4 กลับ|หา
        ไม่ ..12 บอท|หุ่นยนต์|แชทบอท|บอต
        """#
}
