/// Texts with the personal data in them, as `kind:text`, in order. Written for this table; nobody's data.
enum PersonalDataCases {
    struct Case: Sendable, CustomStringConvertible {
        var text: String
        var expected: [String]
        var description: String { text }
    }

    static func table(_ text: String) -> [Case] {
        text.split(separator: "\n").map { line in
            let parts = line.components("  =>  ")
            return Case(
                text: parts[0], expected: parts.count > 1 ? parts[1].components("; ").filter { !$0.isEmpty } : [])
        }
    }

    static let found = table(
        """
        Write to jane.doe@mail.net please  =>  email:jane.doe@mail.net
        <anna_m+news@sub.firma.de>  =>  email:anna_m+news@sub.firma.de
        From: "Bob" <bob@firm.co.uk>, today  =>  name:Bob; email:bob@firm.co.uk
        my address is O'Neil@web.ie.  =>  email:O'Neil@web.ie
        jane (at) mail.com answered  =>  email:jane (at) mail.com
        jane [at] mail [dot] com  =>  email:jane [at] mail
        müller@straße.de wrote  =>  email:müller@straße.de
        a@b.io and c@d.org  =>  email:a@b.io; email:c@d.org
        Call me on +44 20 7946 0958  =>  phone:+44 20 7946 0958
        Tel. 030 1234567  =>  phone:030 1234567
        phone: 555-867-5309  =>  phone:555-867-5309
        (212) 867-5309 after six  =>  phone:(212) 867-5309
        +1-202-867-5309 is mine  =>  phone:+1-202-867-5309
        ring 07911 123456 tomorrow  =>  phone:07911 123456
        my mobile 07911123456  =>  phone:07911123456
        Rückruf unter 0171/1234567  =>  phone:0171/1234567
        appelez le 06 12 34 56 78  =>  phone:06 12 34 56 78
        +33612345678  =>  phone:+33612345678
        0049 30 12345678  =>  phone:0049 30 12345678
        1-800-867-5309  =>  phone:1-800-867-5309
        call 8675309 now  =>  phone:8675309
        WhatsApp 600 123 456  =>  phone:600 123 456
        +91 98765 43210  =>  phone:+91 98765 43210
        Card 4539 1488 0343 6467 was declined  =>  card:4539 1488 0343 6467
        4539148803436467  =>  card:4539148803436467
        5425-2334-3010-9903  =>  card:5425-2334-3010-9903
        amex 374245455400126  =>  card:374245455400126
        6011 0009 9013 9424 expires soon  =>  card:6011 0009 9013 9424
        DE89 3704 0044 0532 0130 00  =>  iban:DE89 3704 0044 0532 0130 00
        IBAN GB29NWBK60161331926819 please  =>  iban:GB29NWBK60161331926819
        FR1420041010050500013M02606  =>  iban:FR1420041010050500013M02606
        pay to NL91ABNA0417164300 today  =>  iban:NL91ABNA0417164300
        es91 2100 0418 4502 0005 1332  =>  iban:es91 2100 0418 4502 0005 1332
        account number 12345678  =>  account:12345678
        sort code 20-00-00 account 55779911  =>  account:20-00-00; account:55779911
        my ssn is 078-05-1120  =>  account:078-05-1120
        078-05-1120  =>  account:078-05-1120
        Kontonummer 0532013000  =>  account:0532013000
        passport 533380006  =>  account:533380006
        passport number C01X00T47  =>  account:C01X00T47
        routing 021000021  =>  account:021000021
        tax id 12 345 678 901  =>  account:12 345 678 901
        cvv 1234 on the back  =>  account:1234
        ghp_16C7e42F292c6912E7710c838347Ae178B4a leaked  =>  token:ghp_16C7e42F292c6912E7710c838347Ae178B4a
        key sk_live_4eC39HqLyjWDarjtT1zdp7dc  =>  token:sk_live_4eC39HqLyjWDarjtT1zdp7dc
        AKIAIOSFODNN7EXAMPLE in the log  =>  token:AKIAIOSFODNN7EXAMPLE
        token xoxb-123456789012-abcdefABCDEF  =>  token:xoxb-123456789012-abcdefABCDEF
        Authorization: Bearer abc.def-123456  =>  token:abc.def-123456
        password: hunter2! says the note  =>  token:hunter2
        my password is Tr0ub4dor&3  =>  token:Tr0ub4dor
        Ich habe mein Passwort auf Zitrone55 gesetzt  =>  token:Zitrone55
        melde mich mit dem Passwort Wolke7x an  =>  token:Wolke7x
        le mot de passe c'est Fromage12 depuis hier  =>  token:Fromage12
        he cambiado mi contraseña a Limon55 ayer  =>  token:Limon55
        uso la password Mela7777 per entrare  =>  token:Mela7777
        api_key=9f8a7b6c5d4e3f2a1b0c  =>  token:9f8a7b6c5d4e3f2a1b0c
        "client_secret": "q7W-2xT9_zz81"  =>  token:q7W-2xT9_zz81
        eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N  =>  token:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N
        the value Zx9Kq2Lm7Pw4Rt8Yv3Bn6Hd1 was printed  =>  token:Zx9Kq2Lm7Pw4Rt8Yv3Bn6Hd1
        glpat-AbC123dEf456GhI789jK  =>  token:glpat-AbC123dEf456GhI789jK
        Passwort: Sommer2024  =>  token:Sommer2024
        from 81.2.69.142 at noon  =>  ip:81.2.69.142
        ip 192.168.1.20:8080  =>  ip:192.168.1.20
        2001:0db8:85a3:0000:0000:8a2e:0370:7334  =>  ip:2001:0db8:85a3:0000:0000:8a2e:0370:7334
        host fe80::1ff:fe23:4567:890a is up  =>  ip:fe80::1ff:fe23:4567:890a
        mail me at tim@web.de or +49 151 23456789  =>  email:tim@web.de; phone:+49 151 23456789
        """)

    static let clean = table(
        """
        Thunderbird 115.6.0 (64-bit)
        version 1.2.3.4 of the driver
        Firefox v128.5.0esr
        Windows 10.0.19045
        build 22621.2861
        error 0x80070005
        Error code 500 in module 17
        HTTP 404 and 502
        NS_ERROR_NET_TIMEOUT 2152398862
        ticket 1234567890
        order 4711-0815-22
        invoice 2024-000123
        INV-2023-00917
        on 2024-05-01 at 10:30
        01.05.2024
        5/1/2024
        1999-12-31 23:59:59
        2023-01-01T02:21:46Z
        between 10:00 and 12:30
        costs $1,299.00 a year
        1.299,00 €
        12 345 678 bytes
        1 2 3 4 5 6 7 steps
        1. Open Settings. 2. Choose Account. 3. Press Save
        $4,999 for 1,000,000 rows
        up to 50 at a time, 10 GB
        port 993 and 587
        imap.gmail.com on port 993
        user_pref("mail.server.server1.port", 143)
        https://example.com/a/1234567890/b
        article 1192692
        commit 48cd5f5e0a1b2c3d
        sha256 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9
        f81d4fae-7dec-11d0-a765-00a0c91e6bf6
        4539 1488 0343 6468
        1234 5678 9012 3456
        0000 0000 0000 0000
        DE89 3704 0044 0532 0130 01
        GB2024 was a year
        icon@2x.png
        npm install left-pad@1.3.0
        package@latest
        @alice said so
        meet @ noon
        reset your password: required
        Password: ********
        Enter your password and choose Next
        the token is invalid
        the password is wrong
        my password is not accepted
        api_key=${API_KEY}
        the secret is in the sauce
        Bearer tokens expire
        ThisIsAVeryLongCamelCaseIdentifierName
        configuration-management-database
        some/very/long/path/to/a/file123.txt
        row 1048576 of 2000000
        timestamp 1700000000
        isbn 978-3-16-148410-0
        00:1A:2B:3C:4D:5E
        section 1.2.3.4 says
        10 x 20 x 30 cm
        20% of 30 %
        scale 1:25000
        room 101, floor 12
        the year 2024 and 2025
        RFC 5322 and ISO 13616
        12-14 days
        24/7 and 365
        page 3 of 12
        KB5034441
        Ctrl+Shift+5
        0.5.10
        UTF-8, ISO-8859-1
        1024x768
        PHP 8.2.12
        line 100:12
        v2.0.1-beta.3
        """)
}

extension StringProtocol {
    func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = Array(self.utf8)[...]
        let mark = Array(separator.utf8)
        var current: [UInt8] = []
        while !rest.isEmpty {
            if rest.starts(with: mark) {
                parts.append(String(decoding: current, as: UTF8.self))
                current = []
                rest = rest.dropFirst(mark.count)
            } else {
                current.append(rest.removeFirst())
            }
        }
        parts.append(String(decoding: current, as: UTF8.self))
        return parts
    }
}
