/// Everyday questions of everyday products. Examples of the team's own are told from them: what is nearer to one of these
/// is neither the topic nor the intent.
enum OrdinaryQuestions {
    static let texts = lines(
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
