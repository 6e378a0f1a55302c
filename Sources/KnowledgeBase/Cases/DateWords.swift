/// The words that dates are made of, folded as `FoldedText` folds: lower case without accents.
enum DateWords {
    static let relative: [String: Int] = table([
        (
            0,
            "today, tonight, tonite, this morning, this afternoon, this evening, this lunchtime, later today, before the day is out, the day is out,  heute, heute abend, heute fruh, heute nachmittag, hoy, esta tarde, esta noche, esta manana, aujourd hui, aujourdhui, ce soir, cet apres midi, ce matin, cette nuit, oggi, stasera, questa sera, vandaag, vanavond, vanmiddag, hoje"
        ),
        (
            1,
            "tomorrow, tomorrows, tomorow, tommorow, tommorrow, tmrw, tmr, tmw, 2moro, morgen, manana, demain, domani, amanha"
        ),
        (
            2,
            "the day after tomorrow, day after tomorrow, after tomorrow, overmorrow, ubermorgen, pasado manana, apres demain, dopodomani, overmorgen, depois de amanha"
        ),
    ])

    static let weekdays: [String: Int] = table([
        (0, "monday, mon, montag, lunes, lundi, lunedi, maandag"),
        (1, "tuesday, tue, tues, dienstag, martes, mardi, martedi, dinsdag"),
        (2, "wednesday, quarta, wed, weds, wednessday, mittwoch, miercoles, mercredi, mercoledi, woensdag"),
        (3, "thursday, quinta, thu, thur, thurs, donnerstag, jueves, jeudi, giovedi, donderdag"),
        (4, "friday, fri, sexta, freitag, viernes, vendredi, venerdi, vrijdag"),
        (5, "saturday, sat, samstag, sonnabend, sabado, samedi, sabato, zaterdag"),
        (6, "sunday, sun, sonntag, domingo, dimanche, domenica, zondag"),
    ])
    /// Words of other meanings too: only with a cue in front.
    static let ambiguousDays: Set<String> = ["sun", "sat", "mon", "wed", "quarta", "quinta", "sexta"]

    static let months: [String: Int] = table([
        (1, "january, jan, januar, enero, janvier, gennaio, januari, janeiro"),
        (2, "february, feb, febr, februar, febrero, fevrier, febbraio, februari, fevereiro"),
        (3, "march, mar, marz, maerz, marzo, mars, maart, marco"), (4, "april, apr, abril, avril, aprile"),
        (5, "may, mai, mayo, maggio, mei, maio"), (6, "june, jun, juni, junio, juin, giugno, junho"),
        (7, "july, jul, juli, julio, juillet, luglio, julho"), (8, "august, aug, agosto, aout, augustus"),
        (9, "september, sep, sept, septiembre, setiembre, septembre, settembre, setembro"),
        (10, "october, oct, okt, oktober, octubre, octobre, ottobre, outubro"),
        (11, "november, nov, noviembre, novembre, novembro"),
        (12, "december, dec, dez, dic, dezember, diciembre, decembre, dicembre, dezembro"),
    ])

    static let numbers: [String: Int] = table([
        (1, "a, an, one, ein, eine, einer, einem, einen, un, una, une, uno, een"),
        (2, "two, zwei, dos, deux, due, twee"),
        (3, "three, drei, tres, trois, tre, drie"), (4, "four, vier, cuatro, quatre, quattro"),
        (5, "five, funf, cinco, cinq, cinque, vijf"), (6, "six, sechs, seis, sei, zes"),
        (7, "seven, sieben, siete, sept, sette, zeven"), (8, "eight, acht, ocho, huit, otto"),
        (9, "nine, neun, nueve, neuf, nove, negen"), (10, "ten, zehn, diez, dix, dieci, tien"),
        (11, "eleven, elf, once, onze"), (12, "twelve, zwolf, doce, douze, dodici, twaalf"), (13, "thirteen"),
        (14, "fourteen, vierzehn, catorce, quatorze, veertien"), (15, "fifteen, funfzehn, quince, quinze, quindici"),
        (16, "sixteen"), (18, "eighteen"), (20, "twenty, zwanzig, veinte, vingt, venti"),
        (30, "thirty, dreissig, treinta, trente"),
        (40, "forty"), (45, "fortyfive"), (48, "achtundvierzig"), (24, "vierundzwanzig"), (50, "fifty"), (60, "sixty"),
        (90, "ninety"),
    ])
    static let vague: [String: Double] = ["couple": 2, "few": 3, "several": 3, "paar": 3]
    static let ordinals: [String: Int] = table([
        (1, "first, ersten, erster, premier, primero, primo"), (2, "second, zweiten, deuxieme, segundo"),
        (3, "third, dritten, troisieme, tercer"), (4, "fourth, vierten, quatrieme, cuarto"), (5, "fifth"), (6, "sixth"),
        (7, "seventh"), (8, "eighth"), (9, "ninth"), (10, "tenth"), (11, "eleventh"), (12, "twelfth"),
        (13, "thirteenth"),
        (14, "fourteenth"), (15, "fifteenth"), (16, "sixteenth"), (17, "seventeenth"), (18, "eighteenth"),
        (19, "nineteenth"), (20, "twentieth"), (30, "thirtieth"),
    ])

    static let month = 2_592_000.0
    /// Seconds.
    static let units: [String: Double] = table([
        (60, "minute, minutes, min, mins, minuten, minutos, minuti, minuut"),
        (3600, "hour, hours, hr, hrs, stunde, stunden, std, hora, horas, heure, heures, ora, ore, uur"),
        (
            86_400,
            "day, days, tag, tage, tagen, dia, dias, jour, jours, giorno, giorni, dag, dagen, nights, night, werktage, werktagen, arbeitstage, arbeitstagen"
        ),
        (
            604_800,
            "week, weeks, wk, wks, woche, wochen, semana, semanas, semaine, semaines, settimana, settimane, weken"
        ),
        (1_209_600, "fortnight"),
        (month, "month, months, monat, monate, monaten, mes, meses, mois, mese, mesi, maand, maanden"),
    ])
    static let business: Set<String> = ["business", "working", "work"]
    static let shortUnits: [String: Double] = [
        "h": 3600, "hr": 3600, "hrs": 3600, "d": 86_400, "min": 60, "mins": 60, "m": 60, "w": 604_800, "j": 86_400,
    ]
    /// The hour by which it is over.
    static let times: [String: Int] = [
        "noon": 12, "midday": 12, "lunchtime": 12, "lunch": 12, "morning": 12, "afternoon": 17, "evening": 20,
        "night": 23,
        "midnight": 23, "mitternacht": 23, "minuit": 23, "medianoche": 23, "mittag": 12, "mittags": 12, "vormittag": 12,
        "nachmittag": 17, "abend": 20, "fruh": 12, "mediodia": 12, "midi": 12, "mezzogiorno": 12, "matin": 12,
        "soir": 20,
        "tarde": 17, "noche": 21, "mattina": 12, "sera": 20, "middag": 12, "ochtend": 12, "avond": 20, "eod": 18,
        "cob": 18,
        "eob": 18,
    ]
    static let mornings: Set<String> = ["morning", "matin", "vormittag", "fruh", "mattina", "ochtend"]
    /// "in the morning", "since noon": when something is done, or was.
    static let timesTold: Set<String> = ["in", "since", "seit", "depuis", "desde", "from"]
    static let beforeTime: Set<String> = [
        "at", "by", "before", "around", "about", "um", "gegen", "bis", "a", "las", "the", "in", "por", "la", "alle",
        "om",
        "latest", "sharp",
    ]
    static let hourMarks: Set<String> = ["am", "pm", "uhr", "h", "oclock", "hs", "hrs", "uur", "p", "a"]
    static let zones: Set<String> = ["utc", "gmt", "cet", "est", "pst", "cest", "bst", "edt", "pdt", "et", "pt"]

    static let next: Set<String> = [
        "next", "following", "nachste", "nachsten", "nachster", "nachstes", "kommende", "kommenden", "kommender",
        "proximo",
        "proxima", "prochain", "prochaine", "prossimo", "prossima", "volgende",
    ]
    static let this: Set<String> = [
        "this", "coming", "diese", "diesen", "dieser", "diesem", "este", "esta", "ce", "cet", "cette", "questo",
        "questa",
        "deze", "dit",
    ]
    static let past: Set<String> = [
        "since", "last", "past", "letzten", "letzte", "letzter", "seit", "desde", "depuis", "pasado", "pasada",
        "previous", "every", "each", "dernier", "derniere", "vergangenen", "jeden", "cada", "chaque", "ogni",
        "scorso", "dal", "hace", "vor", "sinds", "afgelopen", "vorige", "vorigen",
    ]
    /// "for three days", "from 2 weeks": how long it took.
    static let lasting: Set<String> = [
        "for", "from", "since", "last", "past", "first", "after", "nach", "apres", "tras", "dopo", "na",
    ]
    static let stretchCues: Set<String> = [
        "in", "within", "next", "innerhalb", "binnen", "en", "dans", "under", "inside", "sous", "dentro", "entro",
        "fra",
        "tra", "nachsten", "proximas", "proximos", "prochaines", "prochains", "over", "ici", "im", "plazo",
    ]
    static let stretchFillers: Set<String> = [
        "the", "next", "los", "las", "den", "der", "die", "de", "von", "about", "less", "than", "under", "just",
        "nachsten",
        "les", "un", "plazo", "prochaines", "prochains", "proximas", "proximos", "le", "exactly", "roughly", "max",
        "maximum",
    ]
    static let timeCues: Set<String> = [
        "by", "before", "until", "till", "til", "at", "on", "due", "for", "bis", "vor", "am", "um", "antes", "avant",
        "para",
        "pour", "hasta", "jusqua", "jusqu", "than", "is", "latest", "ends", "expires", "closes", "starts", "around",
        "the",
        "from", "entro", "tot", "voor", "as", "op", "zum", "au", "ate", "na",
    ]
    /// Words right before a date that make it a limit.
    static let directCue: Set<String> = [
        "by", "before", "until", "till", "til", "due", "bis", "vor", "antes", "avant", "hasta", "deadline", "latest",
        "entro",
        "spatestens", "para", "ici", "ate", "zum", "am", "voor", "del", "of", "on",
    ]
    static let dayArticles: Set<String> = ["am", "zum", "den", "le", "el", "il", "dia", "au", "du"]

    static let endOfDay: Set<String> = ["eod", "cob", "eob", "cop", "eop"]
    static let initials: [String: String] = ["eow": "week", "eom": "month", "eoy": "year", "eoq": "quarter"]
    static let compound: [String: String] = [
        "monatsende": "month", "jahresende": "year", "quartalsende": "quarter", "wochenende": "weekend",
        "yearend": "year",
        "monthend": "month",
    ]
    static let ends: Set<String> = ["end", "close", "ende", "fin", "final", "fine", "finales", "eind", "einde", "last"]
    static let starts: Set<String> = ["beginning", "start", "anfang", "beginn", "debut", "principios", "inizio"]
    static let periodFillers: Set<String> = [
        "of", "the", "this", "our", "der", "des", "de", "la", "le", "du", "dieser", "diesen", "my", "del", "dieses",
        "van", "el", "cette", "ce", "esta", "este",
    ]
    static let days: Set<String> = [
        "day", "business", "play", "today", "tages", "dia", "journee", "shift", "work", "trading",
    ]
    static let weeks: Set<String> = ["week", "woche", "semana", "semaine", "settimana", "workweek"]
    static let weekends: Set<String> = ["weekend", "wochenende", "finde"]
    static let monthWords: Set<String> = ["month", "monat", "monats", "mes", "mois", "mese", "maand"]
    static let years: Set<String> = ["year", "jahr", "jahres", "ano", "annee", "anno", "jaar"]
    static let quarters: Set<String> = ["quarter", "quartal", "quartals", "trimestre", "kwartaal"]
    static let notTomorrow: Set<String> = [
        "guten", "schonen", "am", "jeden", "heute", "gestern", "la", "esta", "cada", "goede", "guter",
    ]
    static let feasts: [(name: String, month: Int, day: Int)] = [
        ("christmas eve", 12, 24), ("christmas", 12, 25), ("xmas", 12, 25), ("boxing day", 12, 26),
        ("new year s eve", 12, 31),
        ("new years eve", 12, 31), ("new year", 1, 1), ("new years", 1, 1), ("halloween", 10, 31),
        ("valentine s day", 2, 14),
        ("valentines day", 2, 14), ("valentine", 2, 14), ("heiligabend", 12, 24), ("weihnachten", 12, 25),
        ("silvester", 12, 31),
        ("neujahr", 1, 1), ("noel", 12, 25), ("navidad", 12, 25), ("nochebuena", 12, 24), ("nochevieja", 12, 31),
        ("reyes", 1, 6), ("natale", 12, 25), ("kerst", 12, 25), ("kerstmis", 12, 25),
    ]

    private static func table<Value>(_ rows: [(Value, String)]) -> [String: Value] {
        var out: [String: Value] = [:]
        for (value, words) in rows {
            for word in words.pieces(",") { out[String(word.trimmed)] = value }
        }
        return out
    }
}
