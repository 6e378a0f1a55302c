import Testing

@testable import KnowledgeBase

/// Names, addresses and dates of birth, which only the words around them tell.
struct WordedDataTests {
    @Test(
        arguments: PersonalDataCases.table(
            """
            My name is Priya Raman and I cannot log in. Could you call Priya back?  =>  name:Priya Raman; name:Priya
            I'm Sarah. This is Deborah Quill from Leeds, I spoke with Tom Baker  =>  name:Sarah; name:Deborah Quill; name:Tom Baker
            Mrs. Van der Berg says my husband Gerald cannot open Outlook  =>  name:Van der Berg; name:Gerald
            My wife Helen's account. Ask for Jürgen. signed by Kwame Mensah  =>  name:Helen; name:Jürgen; name:Kwame Mensah
            Thanks, Siobhan  =>  name:Siobhan
            Thanks Bob!  =>  name:Bob
            Herr Müller und Frau Schmidt haben angerufen  =>  name:Müller; name:Schmidt
            Je m'appelle Amélie Poulain  =>  name:Amélie Poulain
            Full name: Ludmila Petrova  =>  name:Ludmila Petrova
            I live at 14 Rosewood Close, Guildford GU1 3XY and need help  =>  address:14 Rosewood Close, Guildford GU1 3XY
            ship it to 1600 Pennsylvania Ave NW, Apt 4B, Washington, DC 20500 please  =>  address:1600 Pennsylvania Ave NW, Apt 4B, Washington, DC 20500
            Flat 3, 27 Queen's Road, Bristol BS8 1QE  =>  address:Flat 3, 27 Queen's Road, Bristol BS8 1QE
            in der Hauptstraße 12a, 10115 Berlin  =>  address:Hauptstraße 12a, 10115 Berlin
            Bahnhofstr. 7, 8001 Zürich  =>  address:Bahnhofstr. 7, 8001 Zürich
            5 bis avenue Foch, 75116 Paris  =>  address:5 bis avenue Foch, 75116 Paris
            Calle Mayor 5  =>  address:Calle Mayor 5
            Via Roma, 12, 00184 Roma  =>  address:Via Roma, 12, 00184 Roma
            Rua Augusta, 1500, São Paulo  =>  address:Rua Augusta, 1500, São Paulo
            ul. Długa 7/3, 00-238 Warszawa  =>  address:ul. Długa 7/3, 00-238 Warszawa
            P.O. Box 4411, Springfield, IL 62704  =>  address:P.O. Box 4411, Springfield, IL 62704
            postcode is M1 1AE  =>  address:M1 1AE
            Date of birth: 04/03/1987  =>  birth:04/03/1987
            I was born on March 4, 1987 in Leeds  =>  birth:March 4, 1987
            DOB 1987-03-04  =>  birth:1987-03-04
            12/03/1985 is my date of birth  =>  birth:12/03/1985
            geboren am 4. März 1987  =>  birth:4. März 1987
            """)
    ) func `what the words around it tell is found whole`(_ example: PersonalDataCases.Case) {
        #expect(PersonalData.find(example.text).map { "\($0.kind.rawValue):\($0.text)" } == example.expected)
    }

    @Test(
        arguments: PersonalDataCases.table(
            """
            Hello Thunderbird team, I have a problem with Gmail.
            Dear Sir or Madam, please help. Thanks Mozilla!
            I'm Windows user and I am German
            Open Settings > Account Settings. 2. Choose Server Settings
            Version 115 Release Notes in 5 Steps. 3 Ways to Drive
            Use Ctrl Shift 5 Drive C, 2 Place the file
            In 2 Place Holder the value. Press 3 Row Height
            Error 12 Court of Appeals. Step 3 Run the program; 4 Close the window; 5 Path to file
            The file is named Report and the folder is called Archive.
            Mac OS X 10.6 and MS Word 2010
            - Quick Filter Toolbar
            the server name: Local Folders
            Thanks in advance. The Calendar is empty
            the address 10.0.0.1:993 and the e-mail address is missing
            released on 4 March 2021, updated May 2023
            Address Book 2 and Profile 3
            Will Firefox work? May I try?
            """)
    ) func `ordinary technical text stays`(_ example: PersonalDataCases.Case) {
        let found = PersonalData.find(example.text).filter { [.name, .address, .birth].contains($0.kind) }
        #expect(found.isEmpty)
    }

    @Test func `greetings and signatures are found at their lines`() {
        let found = PersonalData.find("Hi Xaver,\nit does not start.\n\nKind regards,\nTudora Vâlcan\n-- \nbob martin")
        #expect(found.map(\.text) == ["Xaver", "Tudora Vâlcan"])
        #expect(PersonalData.find("Please help\nregards\nbob martin").map(\.text) == ["bob martin"])
    }

    @Test func `a greeting by name and an article's address do not fail a draft`() {
        let text = "Hello Ann Archer, 12 High Street, Leeds LS1 4AP; mail ann@archer.org"
        #expect(PersonalData.formed(text).map(\.kind) == [.email])
    }

    /// What a stranger found left in reports: the text, and what must not stay of it.
    @Test(arguments: [
        ("Ich wohne in der Musterstraße 7, 10115 Berlin, GB29NWBK60161331926819", ["Musterstra", "10115", "GB29"]),
        ("Hauptstr. 12a\n80331 München\nMobil 0171/2345678", ["Hauptstr", "80331", "2345678"]),
        ("Je suis né le 12/05/1980, 06 12 34 56 78", ["12/05/1980", "06 12"]),
        ("It fails.\n\nBest regards,\nJoost van der Meulen", ["Joost", "Meulen"]),
        ("Mein Passwort ist weg, ruf 600 123 456 an", ["600 123 456"]), ("22 555 12 34 is mine", ["22 555 12 34"]),
        ("you get me on 98765 43210", ["98765"]), ("4155550132", ["4155550132"]), ("reach me at 5550199", ["5550199"]),
        ("my password is correcthorsebattery", ["correcthorse"]), ("pw: Sommer2026!", ["Sommer2026"]),
        ("my pin is 4821.", ["4821"]), ("card cvc 123", ["123"]),
    ])
    func `nothing personal stays beside something else personal`(text: String, gone: [String]) {
        let out = Pseudonyms(secret: [1]).redact(text).text
        for part in gone { #expect(!out.contains(part), "\(out)") }
    }
}
