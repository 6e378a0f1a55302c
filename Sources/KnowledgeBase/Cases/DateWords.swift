/// The words that dates are made of.
enum DateWords {
    static let relative: [String: Int] = [
        "today": 0, "tonight": 0, "tonite": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1,
        "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tmrw": 1, "tmr": 1, "overmorrow": 2,
        "heute": 0, "heute abend": 0, "morgen": 1, "ubermorgen": 2, "hoy": 0, "esta tarde": 0, "manana": 1, "pasado manana": 2,
        "aujourd hui": 0, "aujourdhui": 0, "ce soir": 0, "demain": 1, "apres demain": 2, "oggi": 0, "domani": 1,
    ]
    static let weekdays: [String: Int] = {
        var out: [String: Int] = [:]
        let lists = [
            "monday mon montag lunes lundi", "tuesday tue tues dienstag martes mardi",
            "wednesday wed weds wednessday mittwoch miercoles mercredi",
            "thursday thu thur thurs donnerstag jueves jeudi", "friday fri freitag viernes vendredi",
            "saturday sat samstag sonnabend sabado samedi", "sunday sun sonntag domingo dimanche",
        ]
        for (day, list) in lists.enumerated() { for word in list.pieces(" ") { out[String(word)] = day } }
        return out
    }()
    static let months: [String: Int] = {
        var out: [String: Int] = [:]
        let lists = [
            "january jan januar enero janvier", "february feb februar febrero fevrier", "march mar marz marzo mars",
            "april apr abril avril", "may mai mayo", "june jun juni junio juin", "july jul juli julio juillet",
            "august aug agosto aout", "september sep sept septiembre septembre", "october oct oktober octubre octobre",
            "november nov noviembre novembre", "december dec dezember diciembre decembre",
        ]
        for (month, list) in lists.enumerated() { for word in list.pieces(" ") { out[String(word)] = month + 1 } }
        return out
    }()
    static let numbers: [String: Int] = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60,
        "ein": 1, "eine": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "un": 1, "una": 1, "une": 1, "dos": 2,
        "tres": 3, "deux": 2, "trois": 3,
    ]
    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10, "fifteenth": 15, "twentieth": 20,
        "thirtieth": 30,
    ]
    static let units: [String: Double] = [
        "minute": 60, "minutes": 60, "min": 60, "mins": 60, "hour": 3600, "hours": 3600, "hr": 3600, "hrs": 3600,
        "day": 86_400, "days": 86_400, "week": 604_800, "weeks": 604_800, "fortnight": 1_209_600, "month": 2_592_000,
        "months": 2_592_000, "minuten": 60, "stunde": 3600, "stunden": 3600, "tag": 86_400, "tage": 86_400, "tagen": 86_400,
        "woche": 604_800, "wochen": 604_800, "hora": 3600, "horas": 3600, "dia": 86_400, "dias": 86_400, "semana": 604_800,
        "semanas": 604_800, "heure": 3600, "heures": 3600, "jour": 86_400, "jours": 86_400, "semaine": 604_800,
        "semaines": 604_800, "minutos": 60,
    ]
    static let shortUnits: [String: Double] = ["h": 3600, "hr": 3600, "hrs": 3600, "d": 86_400, "min": 60, "mins": 60, "m": 60]
    static let times: [String: Int] = [
        "noon": 12, "midday": 12, "midnight": 24, "lunchtime": 12, "lunch": 12, "morning": 12, "afternoon": 17, "evening": 20,
        "mittag": 12, "mittags": 12, "mediodia": 12, "midi": 12,
    ].filter { $0.value < 24 }.merging(["midnight": 23]) { $1 }
    static let next: Set<String> = ["next", "nachste", "nachsten", "nachster", "proximo", "proxima", "prochain", "prochaine"]
    static let past: Set<String> = [
        "since", "last", "past", "from", "letzten", "letzte", "seit", "desde", "depuis", "pasado", "previous", "every", "each", "for",
    ]
    static let stretchCues: Set<String> = ["in", "within", "next", "innerhalb", "binnen", "en", "dans", "under", "inside"]
    static let timeCues: Set<String> = [
        "by", "before", "until", "till", "til", "at", "on", "due", "for", "bis", "vor", "am", "um", "antes", "avant", "para",
        "pour", "hasta", "jusqua", "jusqu", "than", "is", "latest", "ends", "expires", "closes", "starts", "around", "the",
    ]
}
