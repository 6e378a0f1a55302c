/// Examples of the built-in intents and types, written for kb. A team's own intents stand beside them.
enum TriageExamples {
    static let intents: [String: [String]] = [
        "refund": lines(
            """
            I want my money back
            Please refund my last payment
            How do I get a refund for this order?
            I cancelled within the trial and was still charged, please return the money
            Can you reverse the charge on my card?
            The product does not fit, I would like to return it for a refund
            When will my refund arrive?
            I'd like a full refund of the annual plan
            We were promised a refund three weeks ago
            Ich möchte mein Geld zurück
            """),
        "billing_dispute": lines(
            """
            I was charged twice this month
            There is a charge on my card that I do not recognise
            The invoice is higher than what we agreed
            Why was I billed for 20 seats when we have 12?
            You charged me after I cancelled
            This invoice is wrong, the VAT should not be there
            My bank shows a payment I never authorised
            I dispute this charge
            The price went up without notice
            The discount is missing on our bill
            """),
        "bug": lines(
            """
            The app crashes when I open the report
            I get an error message every time I click save
            The export button does nothing
            After the update the calendar shows the wrong dates
            The page stays blank in Firefox
            Error 500 when uploading a file
            Messages disappear from the folder after a restart
            The sync stops halfway and never finishes
            The total at the bottom is calculated wrongly
            Seit dem Update stürzt das Programm ab
            """),
        "password_access": lines(
            """
            I forgot my password
            I cannot log in to my account
            The reset link does not arrive
            My account is locked after too many attempts
            The two-factor code is not accepted
            I lost my phone and cannot get the login code
            How do I change the email address I sign in with?
            It says my username does not exist
            A former colleague has the admin login, how do we get access?
            Ich komme nicht mehr in mein Konto
            """),
        "order": lines(
            """
            Where is my order?
            My parcel has not arrived yet
            Can I change the delivery address of my order?
            The tracking number does not work
            One item is missing from the package
            When will my order be shipped?
            I ordered the wrong size, can I change it?
            The parcel arrived damaged
            I never got an order confirmation
            Wo bleibt meine Bestellung?
            """),
        "cancellation": lines(
            """
            I want to cancel my subscription
            Please close my account
            How do I stop the automatic renewal?
            We will not renew our contract
            Cancel my plan at the end of the month
            I no longer need the service, please end it
            How can I unsubscribe from the paid plan?
            Delete my account please
            I'd like to terminate our agreement
            Bitte kündigen Sie mein Abonnement
            """),
        "feature_request": lines(
            """
            It would be great if you could add a dark mode
            Please add an option to sort by date
            Are there plans to support Linux?
            I wish the report could be exported to Excel
            Feature request: keyboard shortcuts for archiving
            Could you make the font size adjustable?
            We would love to have an integration with our calendar
            Suggestion: let us rename the columns
            Why is there no way to undo this? Please consider it
            Es wäre schön, wenn man die Spalten umbenennen könnte
            """),
        "how_to": lines(
            """
            How do I export my data?
            Where can I change the language?
            How can I add a second user to my account?
            What does this setting do?
            How do I set up the mobile app?
            Can I import my contacts from another program?
            Is it possible to schedule a report?
            Where do I find my invoices?
            How do I turn the notifications off?
            Wie kann ich eine Signatur einrichten?
            """),
        "security": lines(
            """
            Somebody got into my account
            I think my account was hacked
            I received a phishing email in your name
            There is a login from a country I have never been to
            I found a vulnerability in your website
            Our data may have been leaked
            My password was changed and it was not me
            Is this email asking for my credentials really from you?
            An API key of ours was published by mistake
            Jemand hat sich in mein Konto eingeloggt
            """),
        "legal": lines(
            """
            My lawyer will contact you
            Under the GDPR I request a copy of all my data
            You are in breach of contract
            Please send us a signed data processing agreement
            We will take legal action
            I request the deletion of my personal data under article 17
            This is a subpoena for account records
            Who is your data protection officer?
            We claim damages for the outage
            Ich schalte meinen Anwalt ein
            """),
    ]

    /// By kind of ticket: something is broken, something is wished for, something is asked.
    static let types: [String: [String]] = [
        "bug": (intents["bug"] ?? [])
            + lines(
                """
                It worked yesterday and today it fails
                Regression: since version 115 the search returns nothing
                Expected the list to be sorted, but it is in random order
                Steps to reproduce: open the file, press save, see the exception
                TypeError: cannot read properties of undefined
                The window freezes for ten seconds whenever a mail arrives
                Attachments are sent as winmail.dat
                The build crashes with a segmentation fault on macOS
                Notifications do not appear although they are switched on
                Memory use grows until the program is killed
                The login page redirects in an endless loop
                Undo removes more than the last step
                """),
        "feature": (intents["feature_request"] ?? [])
            + lines(
                """
                Add support for custom themes
                Allow filters to be shared between accounts
                Proposal: a command line option for the output folder
                An API to list all projects would help us
                It should be possible to select several rows at once
                Support for OAuth in the mail settings
                I am missing a button to copy the link
                Please bring back the old compact view
                Can you implement push notifications?
                Provide an official Docker image
                Make the timeout configurable
                Please consider adding two more languages
                """),
        "question": (intents["how_to"] ?? [])
            + lines(
                """
                What is the difference between the two plans?
                Does it work with Windows 7?
                Why are there two folders with the same name?
                Which version do I need for this printer?
                Is my data stored in Europe?
                What is the recommended way to structure a project?
                How long are deleted items kept?
                I do not understand how the points are counted
                Am I doing this right?
                Where are the logs written to?
                Should I use the old or the new format?
                Can somebody explain what this message means?
                """),
    ]

    private static func lines(_ text: String) -> [String] {
        text.pieces("\n").map { String($0.trimmed) }
    }
}
