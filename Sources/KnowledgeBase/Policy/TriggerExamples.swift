/// Sentences that the encoder compares a question's sentences with: for each trigger some that fire it, and ordinary
/// questions, near ones above all, that must not. English: the shipped encoder reads little else; other languages are
/// left to the phrase tables.
enum TriggerExamples {
    static let person = lines(
        """
        I want to talk to a human
        Can I speak to a real person?
        Please connect me to an agent
        Transfer me to a representative
        Is there a human I can talk to?
        I don't want to talk to a bot
        Stop sending me automated replies
        Get me your manager
        I need to speak with someone from your team
        Please have somebody call me back
        Can someone from support phone me?
        How can I reach customer service by telephone?
        I would like a person to look at my case
        Let me talk to a member of staff
        Put me through to somebody who can help
        I want to speak to a supervisor
        Are you a bot or a human?
        Human please
        I would prefer to deal with a person
        Escalate this to a human
        Hand me over to your colleague
        I'd rather explain this to somebody than type to a machine
        I want an actual person to answer me
        Could a member of your staff get in touch with me?
        This robot does not understand me, I want someone who does
        May I have a word with one of your advisors?
        I need a live agent
        Is anybody real on the other end?
        Enough of the bot, give me somebody who works there
        I'd like to discuss this with one of your employees
        """)

    static let sensitive: [(topic: SensitiveTopic, examples: [String])] = [
        (
            .legal,
            lines(
                """
                My lawyer will contact you
                I am going to sue your company
                I will take legal action
                You are in breach of our contract
                I will see you in court
                You are infringing my copyright
                I am filing a complaint with the consumer protection agency
                I will report you to the authorities
                We received a subpoena for this account
                Who is liable for the damage this caused?
                What are my legal rights in this matter?
                Our attorney has advised us to keep all records
                """)
        ),
        (
            .billingDispute,
            lines(
                """
                You charged me twice
                I was charged after I cancelled
                I do not recognise this charge on my card
                I want my money back
                You billed me the wrong amount
                I never authorised this payment
                I am disputing this invoice with my bank
                My refund never arrived
                Why did you take money from my account?
                You overcharged us for seats we do not have
                I was promised a free trial and was billed anyway
                You keep charging me although I closed my account
                The price on the bill is higher than what we agreed
                """)
        ),
        (
            .security,
            lines(
                """
                My account was hacked
                Someone logged into my account without permission
                There is a suspicious login I do not recognise
                Our password was leaked
                I clicked on a phishing link and entered my password
                I found a security vulnerability in your product
                I can see another customer's data
                My phone with the app on it was stolen
                Somebody changed my email address and locked me out
                Has there been a data breach?
                A stranger has access to our workspace
                I think somebody else is reading my messages
                """)
        ),
        (
            .privacy,
            lines(
                """
                Delete all my personal data
                What data do you store about me?
                I want a copy of all the information you hold on me
                Do you share my information with third parties?
                You sent my personal details to someone else
                I withdraw my consent to the processing of my data
                Where is our customers' personal data stored?
                Who can read the private information in my account?
                Is my data used to train artificial intelligence?
                I want to exercise my right to be forgotten
                You published my home address without permission
                """)
        ),
        (
            .regulated,
            lines(
                """
                Is this compliant with HIPAA for patient records?
                What dose of this medicine should I take?
                I want to kill myself
                Should I invest my savings in this?
                Can you give me tax advice?
                A child under thirteen is using the service
                Our financial regulator requires this
                The device burned me and I was hurt
                I am being harassed by another user
                Someone threatened to harm me
                My mother died and I need to close her account
                Does this meet the rules for medical devices?
                """)
        ),
    ]

    /// Must fire nothing.
    static let ordinary = lines(
        """
        How do I add a person to my team?
        How do I assign a ticket to an agent?
        How do I transfer ownership to someone else?
        How do customers start a live chat with our agents?
        Can several people edit the same document?
        Where do I change my phone number?
        How do I remove the bot from our channel?
        Does anyone know how to fix this?
        Can someone help me with this problem?
        Please help me
        I need help with my account
        What is the manager role allowed to do?
        Who can see my calendar?
        How do I forward a message to somebody?
        How do I contact the author of an add-on?
        What are your support hours?
        How do I write a good support request?
        How do I call the API?
        How do I schedule a video call?
        How do I turn off automatic replies?
        How do I share a folder with someone?
        I cannot send messages to one person
        How do I reset my password?
        I forgot my password
        I cannot log in
        How do I change my email address?
        How do I turn on two-factor authentication?
        How do I sign out of all devices?
        How do I set permissions for a folder?
        My session expires too early
        Which browsers do you support?
        How do I create an API key?
        How do I update my credit card?
        Where do I find my invoices?
        How do I download a receipt?
        What does the pro plan cost?
        How do I cancel my subscription?
        How do I upgrade my plan?
        What is your refund policy?
        Which payment methods do you accept?
        How do I add a VAT number to the invoice?
        Is there a discount for yearly payment?
        How do I export my data?
        How do I import contacts?
        How do I delete a project?
        How do I delete old messages?
        How long are backups kept?
        How do I close my account?
        How do I restore a deleted file?
        How do I turn off cookies in the browser?
        How do I make a project private?
        How do I hide my email address on my profile?
        How do I add a legal notice to the footer?
        Where do I set the company's legal name?
        How do I sign a document in the app?
        How do I set the time zone?
        The app crashes when I open it
        The page does not load
        The sync is stuck
        I get error 500 when I save
        How do I install the desktop app?
        Notifications do not arrive
        How do I change the language?
        The battery of the device does not charge
        How do I merge two tickets?
        How do I record my working hours?
        How do I track time on a project?
        How do I set up a webhook?
        What is the limit for file uploads?
        How do I print a report?
        The virus scanner slows down the program
        Messages go to the spam folder
        """)

    private static func lines(_ text: String) -> [String] {
        text.pieces("\n").map { String($0.trimmed) }.filter { !$0.isEmpty }
    }
}
