/// Sentences the phrase tables were developed on. Not those they are scored on: see Tests/Fixtures/policy.
enum TriggerCases {
    static let asksForPerson = lines(
        """
        I'd like to speak with a human being, please.
        Is there anybody alive over there?
        Can you put me on with someone who knows about invoices?
        this chatbot is going in circles, get me a person
        AGENT
        representative!!!
        please have somebody from your team ring me on 555 0100
        Let me talk to your manager right now
        I refuse to discuss this with a machine
        how do i get through to an actual person
        give me the number for customer service so I can call
        Could a real person look at my ticket?
        no more automated replies please
        I'm done with the bot. Human. Now.
        May I be connected with a billing specialist?
        Would it be possible to have a phone call about this?
        I've asked three times. Escalate this.
        I want to speak to someone in charge
        do you have a live agent I can chat to?
        hello? any humans here?
        I would rather talk with a member of staff
        Please transfer this chat to a colleague of yours who can decide
        Your bot doesn't understand me, who can I talk to?
        Is this a real person or a computer?
        need 2 talk 2 a persn asap
        can u get sum1 2 call me
        I need human assistance
        Requesting a callback from a support representative
        There must be a human I could explain this to
        Can we sort this out over the phone instead?
        I don't want another canned answer. I want somebody who understands.
        Where do I find a phone number to reach you?
        Hi, the export fails with error 500 since Monday. I've tried everything in the article. Could I please speak to a technician?
        Thanks but that didn't help. Can I get a human?
        Pass me on to your supervisor
        I wish to discuss this with one of your representatives
        Stop sending me robot answers and let a person read this
        Can someone from support contact me directly?
        I only deal with people, not programs
        Just connect me
        please call me back as soon as possible
        speak to human
        operator please
        Get me out of this bot and over to staff
        Is it possible to chat live with someone?
        I'd prefer a person handle my refund
        Not a bot please
        How can I contact customer support by phone?
        Somebody with a pulse, please
        I need to talk to a supervisor about my invoice
        Kann ich bitte mit einem echten Menschen sprechen?
        Verbinden Sie mich mit einem Mitarbeiter.
        Ich will keinen Bot, ich will einen Menschen
        Bitte rufen Sie mich zurück
        Gibt es hier jemanden, mit dem ich reden kann?
        Ich möchte mit jemandem vom Support telefonieren
        Können Sie mich an einen Kollegen weiterleiten?
        Mitarbeiter bitte
        Je veux parler à un être humain
        Passez-moi un conseiller s'il vous plaît
        Puis-je parler à quelqu'un du service client ?
        J'en ai marre de ce robot
        Pouvez-vous me rappeler ?
        Y a-t-il une vraie personne ici ?
        Quiero hablar con una persona real
        ¿Me pueden pasar con un agente?
        Necesito que alguien me llame
        No quiero hablar con un robot
        Póngame con su supervisor
        Un humano por favor
        Quero falar com um atendente
        Preciso de uma pessoa de verdade
        Pode me transferir para um humano?
        Não quero falar com robô
        Alguém pode me ligar?
        Vorrei parlare con un operatore
        C'è qualcuno con cui posso parlare?
        Passatemi un responsabile
        Basta con questo bot, voglio una persona
        Ik wil met een echt mens praten
        Kunt u mij doorverbinden met een medewerker?
        Kan iemand me terugbellen?
        Jag vill prata med en riktig människa
        Kan någon ringa mig?
        Jeg vil gerne tale med et menneske
        Jeg ønsker å snakke med en ekte person
        Haluan puhua ihmisen kanssa
        Chcę porozmawiać z człowiekiem
        Proszę mnie połączyć z konsultantem
        Chtěl bych mluvit s člověkem
        Хочу поговорить с живым человеком
        Соедините меня с оператором
        Перезвоните мне, пожалуйста
        Позовите менеджера
        Я не хочу общаться с ботом
        Хочу поговорити з людиною
        Gerçek bir insanla konuşmak istiyorum
        Müşteri temsilcisine bağlanmak istiyorum
        Egy emberrel szeretnék beszélni
        Θέλω να μιλήσω με άνθρωπο
        أريد التحدث مع شخص حقيقي
        אני רוצה לדבר עם נציג אנושי
        मुझे किसी इंसान से बात करनी है
        Saya ingin bicara dengan manusia
        Tôi muốn nói chuyện với nhân viên
        我要转人工客服
        请让真人跟我说话
        我想和客服人员通话
        人間のオペレーターと話したいです
        担当者につないでください
        상담원 연결해 주세요
        사람이랑 얘기하고 싶어요
        ขอคุยกับเจ้าหน้าที่หน่อยค่ะ
        Vreau să vorbesc cu o persoană reală
        Your AI is useless. Who's your manager?
        I'd appreciate it if a person could get in touch with me
        Would love to just have a conversation with a person
        Can I speak to someone
        is there a way to bypass the bot
        let me chat with customer service
        I demand to speak to management
        Could you hand this over to an agent?
        forward my case to a human
        I need an agent
        put me thru to support
        can you escalate my ticket to someone senior?
        talk to a live rep
        I want an actual human to answer me
        I don't want to talk to a bot
        I do not want to chat with a robot
        I don't want a bot, I want a person
        Ich will nicht mit einem Bot sprechen
        Je ne veux pas parler à un robot
        No quiero hablar con una máquina
        Non voglio parlare con un bot
        Ik wil geen bot, ik wil een mens spreken
        """)

    /// Near to asking for a person, and not.
    static let doesNot = lines(
        """
        How do I add a person to my team?
        How do I assign a ticket to another agent?
        Can two people edit the same document?
        The agent installer fails on Windows
        How do I let customers talk to a human agent in the chat widget?
        How do I transfer my account to someone else?
        I spoke to an agent yesterday and the fix worked, how do I close the ticket?
        Is there a human-readable export format?
        The bot keeps joining our meetings, how do I remove it?
        How can I change the phone number on my profile?
        How do I set up call forwarding?
        What is the difference between an agent seat and a viewer seat?
        I can't reach the server from my office
        Where do I see who viewed my file?
        No need to call me, just tell me how to reset the password
        I don't need to speak to anyone, only the export link
        How do I escalate a ticket automatically after two days?
        Does the robot vacuum integration work with schedules?
        Our human resources team cannot log in
        How do I connect Slack to my workspace?
        How do I prove I'm human, the captcha fails
        Can I message several people at once?
        How to import contacts from another person's address book
        What does the manager role allow?
        The chatbot widget does not load on Safari
        Which phone number format is accepted?
        How do I contact the author of an add-on from the add-on page?
        How do I forward an email to someone?
        Why are my messages sent as someone else?
        Someone is using my account
        Who can see my calendar?
        How do I schedule a call in the calendar?
        Can I call the API from a browser?
        Error 404 when calling the endpoint
        Person field is empty in the report
        My customers need to talk to each other in a forum, is that possible?
        How do I turn off the AI assistant?
        How do I train the bot on my articles?
        Is there a way to speak text aloud?
        Text to speech does not work
        How do I talk to my database from the plugin?
        Can people outside my company comment?
        How do I support multiple languages?
        Do you support PDF files?
        Where can I find the support policy?
        The live view is frozen
        My live stream stops after a minute
        How many agents are included in the plan?
        How do I see what my representative did in the audit log?
        What happens when an operator precedence is wrong in a formula?
        How do I connect to the office VPN?
        please help, nothing works
        Can you help me with invoices?
        can anyone tell me how to compact folders
        Does anyone know how to fix this?
        Someone please help me
        I need help
        I cannot get my mail
        Who changed the settings?
        The system calls my webhook twice
        How to remove a human from a photo in the editor
        How do I reset the machine?
        User agent string is wrong in the logs
        How do I get the robot.txt file updated?
        Wie füge ich eine Person zum Team hinzu?
        Wie ändere ich die Telefonnummer?
        Wie lade ich Mitarbeiter ein?
        Der Bot im Channel antwortet nicht, wie installiere ich ihn neu?
        Comment ajouter un agent à mon équipe ?
        Comment changer mon numéro de téléphone ?
        ¿Cómo agrego una persona a mi equipo?
        ¿Cómo cambio el número de teléfono?
        Como adiciono um atendente à equipe?
        Come aggiungo un operatore al team?
        Hoe voeg ik een medewerker toe?
        Jak dodać osobę do zespołu?
        Как добавить сотрудника в команду?
        Как изменить номер телефона?
        如何添加团队成员？
        如何更改电话号码？
        チームに人を追加するにはどうすればいいですか？
        電話番号を変更したい
        팀에 사람을 추가하려면 어떻게 하나요?
        전화번호를 바꾸고 싶어요
        كيف أضيف شخصا إلى الفريق؟
        How do I create a persona for testing?
        What time is the support desk open?
        The sales team lost its dashboards
        My manager cannot approve time sheets
        Can my supervisor see my private notes?
        The representative in the demo used a shortcut, what is it?
        I'd like to talk about pricing in the forum; where is it?
        Speaking of exports, is CSV supported?
        Can I have a person without an e-mail address in the guest list?
        How do I get my files back?
        How do I hand over a project to a colleague before my holiday?
        Can I hide my phone number from other people?
        I need someone on my team to have read-only access
        How do I give someone access to my calendar?
        Is there an integration that calls people when a task is late?
        How does the robot account differ from a human account?
        Where do I put the agent token?
        What's a service agent?
        How do I stop the bot from posting twice?
        We talked to your team last month and got a discount code, where do I enter it?
        Can I see which agent answered my ticket?
        Why does the automated backup not run?
        How do I turn off automatic replies?
        My contacts are gone after the upgrade
        I called the API with a wrong token
        """)

    /// Topic, then a sentence.
    static let sensitive = lines(
        """
        legal: My lawyer will be in touch about this
        legal: I'm going to take you to small claims court
        legal: You will hear from our solicitors
        legal: This violates the terms of our contract
        legal: We received a DMCA takedown for a file on your platform
        legal: I'm reporting you to trading standards
        legal: Who is liable if the export loses our data?
        legal: We need a signed statement for the court
        legal: Ich werde meinen Anwalt einschalten
        legal: Je vais porter plainte
        legal: Voy a demandarlos
        legal: Our legal team needs to see the agreement
        legal: I will sue
        legal: The police asked us for the chat history
        billing_dispute: You charged my card twice this month
        billing_dispute: I was billed after I cancelled
        billing_dispute: There's a payment of $49 that I don't recognise
        billing_dispute: I never agreed to the annual renewal, give me my money back
        billing_dispute: My bank told me to do a chargeback
        billing_dispute: Why was I charged for ten seats when we have four?
        billing_dispute: This invoice is wrong
        billing_dispute: I demand a refund
        billing_dispute: The trial was supposed to be free but you took 99 euros
        billing_dispute: Sie haben zweimal abgebucht
        billing_dispute: On m'a prélevé deux fois
        billing_dispute: Me cobraron dos veces
        billing_dispute: I'm disputing the amount on the last invoice
        billing_dispute: You keep taking money from my account even though I closed it
        billing_dispute: still waiting for the refund you promised
        security: I think my account was hacked
        security: There was a login from Brazil that wasn't me
        security: Our API key was pushed to a public repository
        security: I found an XSS in your comment form
        security: I got an email pretending to be you and entered my password
        security: I can see another customer's invoices
        security: Someone changed my e-mail address and I can't get in
        security: my laptop with the app signed in was stolen
        security: Mein Konto wurde gehackt
        security: Mon compte a été piraté
        security: Do you have a contact for reporting vulnerabilities?
        security: A former employee still has access to our workspace
        privacy: Please delete all the data you hold about me
        privacy: I want to make a subject access request
        privacy: Are you selling my information to advertisers?
        privacy: Who at your company can read our customer records?
        privacy: You sent my details to the wrong person
        privacy: Is our data used to train AI models?
        privacy: Send me everything you know about me
        privacy: Bitte löschen Sie alle meine Daten
        privacy: Je demande l'effacement de mes données personnelles
        privacy: Quiero que borren mis datos personales
        privacy: I withdraw my consent
        privacy: Under article 15 GDPR I request a copy of my data
        regulated: Can we store patient records in your product under HIPAA?
        regulated: Should I put my savings into this fund?
        regulated: Is it safe to take ibuprofen with my medication?
        regulated: We are a bank and our regulator wants the audit logs
        regulated: The charger caught fire
        regulated: A colleague is harassing me through the chat
        regulated: I want to end my life
        regulated: My ten year old made an account, he's under 13
        regulated: Do I need to declare this as income on my taxes?
        regulated: Are you PCI DSS compliant?
        regulated: Ich brauche eine steuerliche Beratung
        regulated: Somebody got injured using it
        """)

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
