/// What kb says to a customer in its own words, in their language. `{…}` is filled in.
struct CustomerWords: Sendable {
    /// Who has it: a team without a name of its own, and one by its name.
    var ourTeam: String
    var namedTeam: String
    var askedForPerson: String
    var sensitive: String
    var askedAgain: String
    var withTeam: String
    var noNeedToRepeat: String
    var by: String
    var reassigned: String
    var settled: String
    var confirmation: String
    var nudge: String
    var lastNudge: String
    var status: String
    var withUs: String
    var unknownTime: String
    var times: String
    /// One and several minutes, hours, days.
    var minutes: (String, String)
    var hours: (String, String)
    var days: (String, String)

    /// - Parameter language: ISO 639-1; English where there are no words in it.
    static func of(_ language: String?) -> CustomerWords { language.flatMap { all[$0] } ?? english }

    func duration(_ hours: Double) -> String {
        func count(_ number: Int, _ unit: (String, String)) -> String { "\(number) \(number == 1 ? unit.0 : unit.1)" }
        if hours < 1 { return count(max(1, Int((hours * 60).rounded())), minutes) }
        if hours < 48 { return count(Int(hours.rounded(.up)), self.hours) }
        return count(Int((hours / 24).rounded(.up)), days)
    }

    static let english = CustomerWords(
        ourTeam: "our team", namedTeam: "our {team} team",
        askedForPerson: "You asked for a person: {who} has your message now.",
        sensitive: "Your message is with {who} now, since it should be looked at by a person.",
        askedAgain: "You had to write again: {who} takes this over now.", withTeam: "Your message is with {who} now.",
        noNeedToRepeat: "They have everything you wrote, so there is no need to repeat it.",
        by: "You will hear from us by {moment}.",
        reassigned: "We are sorry that this takes longer than it should: a colleague has taken it over.",
        settled:
            "What you reported{issue} is fixed now. If it is not for you, reply to this message and the case is open again.",
        confirmation: "Did our answer on \"{subject}\" solve it? A yes or no is enough: with a no we go on.",
        nudge: "We still need your reply on \"{subject}\" to go on.",
        lastNudge:
            "We have not heard from you on \"{subject}\". We will not write again; a reply at any time opens it again.",
        status: "Your case \"{subject}\" is with {who} and not forgotten.", withUs: "us",
        unknownTime: "We cannot say yet how long it will take.",
        times: "Of {n} cases like it, half were resolved within {half} and nine in ten within {most}.",
        minutes: ("minute", "minutes"), hours: ("hour", "hours"), days: ("day", "days"))

    private static let all: [String: CustomerWords] = [
        "en": english,
        "de": CustomerWords(
            ourTeam: "unserem Team", namedTeam: "unserem Team ({team})",
            askedForPerson: "Sie möchten mit einem Menschen sprechen: Ihre Nachricht liegt jetzt bei {who}.",
            sensitive: "Ihre Nachricht liegt jetzt bei {who}, denn ein Mensch soll sie ansehen.",
            askedAgain: "Sie mussten noch einmal schreiben: Ihre Nachricht liegt jetzt bei {who}.",
            withTeam: "Ihre Nachricht liegt jetzt bei {who}.",
            noNeedToRepeat: "Dort liegt alles vor, was Sie geschrieben haben; Sie müssen nichts wiederholen.",
            by: "Sie hören von uns bis {moment}.",
            reassigned:
                "Es tut uns leid, dass es länger dauert als vorgesehen: Jemand anderes im Team hat es übernommen.",
            settled:
                "Was Sie gemeldet haben{issue}, ist jetzt behoben. Falls nicht, antworten Sie auf diese Nachricht, dann ist der Fall wieder offen.",
            confirmation:
                "Hat unsere Antwort zu „{subject}“ geholfen? Ein Ja oder Nein genügt: Bei einem Nein machen wir weiter.",
            nudge: "Um bei „{subject}“ weiterzukommen, brauchen wir noch Ihre Antwort.",
            lastNudge:
                "Zu „{subject}“ haben wir nichts mehr von Ihnen gehört. Wir schreiben nicht noch einmal; eine Antwort öffnet den Fall jederzeit wieder.",
            status: "Ihr Fall „{subject}“ liegt bei {who} und ist nicht vergessen.", withUs: "uns",
            unknownTime: "Wie lange es dauern wird, können wir noch nicht sagen.",
            times: "Von {n} ähnlichen Fällen war die Hälfte nach {half} gelöst und neun von zehn nach {most}.",
            minutes: ("Minute", "Minuten"), hours: ("Stunde", "Stunden"), days: ("Tag", "Tagen")),
        "fr": CustomerWords(
            ourTeam: "notre équipe", namedTeam: "notre équipe {team}",
            askedForPerson: "Vous avez demandé à parler à une personne : {who} a maintenant votre message.",
            sensitive: "{who} a maintenant votre message, car une personne doit l'examiner.",
            askedAgain: "Vous avez dû écrire de nouveau : {who} s'en charge maintenant.",
            withTeam: "Votre message est maintenant entre les mains de {who}.",
            noNeedToRepeat: "Tout ce que vous avez écrit lui a été transmis ; inutile de le répéter.",
            by: "Vous aurez de nos nouvelles d'ici le {moment}.",
            reassigned:
                "Nous regrettons que cela prenne plus de temps que prévu : quelqu'un d'autre s'en charge désormais.",
            settled:
                "Ce que vous avez signalé{issue} est corrigé. Si ce n'est pas le cas chez vous, répondez à ce message et le dossier sera rouvert.",
            confirmation:
                "Notre réponse à « {subject} » a-t-elle résolu le problème ? Un oui ou un non suffit : si c'est non, nous continuons.",
            nudge: "Il nous faut encore votre réponse au sujet de « {subject} » pour continuer.",
            lastNudge:
                "Nous n'avons pas eu de réponse au sujet de « {subject} ». Nous n'écrirons plus ; une réponse rouvre le dossier à tout moment.",
            status: "Votre dossier « {subject} » est entre les mains de {who} et n'est pas oublié.",
            withUs: "notre équipe",
            unknownTime: "Nous ne pouvons pas encore dire combien de temps il faudra.",
            times: "Sur {n} cas semblables, la moitié a été résolue en {half} et neuf sur dix en {most}.",
            minutes: ("minute", "minutes"), hours: ("heure", "heures"), days: ("jour", "jours")),
        "es": CustomerWords(
            ourTeam: "nuestro equipo", namedTeam: "nuestro equipo de {team}",
            askedForPerson: "Ha pedido hablar con una persona: {who} ya tiene su mensaje.",
            sensitive: "{who} ya tiene su mensaje, porque debe verlo una persona.",
            askedAgain: "Ha tenido que escribir de nuevo: {who} se encarga ahora.",
            withTeam: "Su mensaje está ahora con {who}.",
            noNeedToRepeat: "Tienen todo lo que escribió, así que no hace falta repetirlo.",
            by: "Tendrá noticias nuestras antes del {moment}.",
            reassigned: "Sentimos que esto tarde más de lo debido: otra persona del equipo se ha hecho cargo.",
            settled:
                "Lo que nos comunicó{issue} ya está arreglado. Si no es así, responda a este mensaje y el caso se abrirá de nuevo.",
            confirmation:
                "¿Le ayudó nuestra respuesta sobre «{subject}»? Basta un sí o un no: si es no, seguimos con ello.",
            nudge: "Todavía necesitamos su respuesta sobre «{subject}» para continuar.",
            lastNudge:
                "No hemos tenido respuesta sobre «{subject}». No volveremos a escribir; una respuesta abre el caso de nuevo en cualquier momento.",
            status: "Su caso «{subject}» está con {who} y no lo hemos olvidado.", withUs: "nosotros",
            unknownTime: "Aún no podemos decir cuánto tardará.",
            times: "De {n} casos parecidos, la mitad se resolvió en {half} y nueve de cada diez en {most}.",
            minutes: ("minuto", "minutos"), hours: ("hora", "horas"), days: ("día", "días")),
        "it": CustomerWords(
            ourTeam: "il nostro team", namedTeam: "il nostro team {team}",
            askedForPerson: "Ha chiesto di parlare con una persona: {who} ha ora il suo messaggio.",
            sensitive: "{who} ha ora il suo messaggio, perché deve vederlo una persona.",
            askedAgain: "Ha dovuto scrivere di nuovo: ora se ne occupa {who}.",
            withTeam: "Ora {who} ha il suo messaggio.",
            noNeedToRepeat: "Tutto ciò che ha scritto è già lì: non serve ripeterlo.",
            by: "Avrà nostre notizie entro il {moment}.",
            reassigned: "Ci dispiace che richieda più tempo del previsto: ora se ne occupa un'altra persona del team.",
            settled:
                "Ciò che ha segnalato{issue} è risolto. Se non lo fosse, risponda a questo messaggio e il caso sarà riaperto.",
            confirmation: "La nostra risposta su «{subject}» è servita? Basta un sì o un no: con un no andiamo avanti.",
            nudge: "Per andare avanti ci serve ancora la sua risposta su «{subject}».",
            lastNudge:
                "Non abbiamo ricevuto risposta su «{subject}». Non scriveremo più; una risposta riapre il caso in qualsiasi momento.",
            status: "Del suo caso «{subject}» si occupa {who}: non è stato dimenticato.", withUs: "il nostro team",
            unknownTime: "Non possiamo ancora dire quanto tempo ci vorrà.",
            times: "Di {n} casi simili, metà è stata risolta entro {half} e nove su dieci entro {most}.",
            minutes: ("minuto", "minuti"), hours: ("ora", "ore"), days: ("giorno", "giorni")),
        "nl": CustomerWords(
            ourTeam: "ons team", namedTeam: "ons team {team}",
            askedForPerson: "U vroeg om een medewerker: uw bericht ligt nu bij {who}.",
            sensitive: "Uw bericht ligt nu bij {who}, want een mens moet ernaar kijken.",
            askedAgain: "U moest nog een keer schrijven: uw bericht ligt nu bij {who}.",
            withTeam: "Uw bericht ligt nu bij {who}.",
            noNeedToRepeat: "Alles wat u schreef is daar bekend; u hoeft niets te herhalen.",
            by: "U hoort van ons vóór {moment}.",
            reassigned: "Het spijt ons dat dit langer duurt dan het zou moeten: een collega heeft het overgenomen.",
            settled:
                "Wat u meldde{issue} is nu verholpen. Is dat bij u niet zo, antwoord dan op dit bericht en de zaak is weer open.",
            confirmation: "Heeft ons antwoord over ‘{subject}’ geholpen? Ja of nee is genoeg: bij nee gaan we verder.",
            nudge: "Om verder te kunnen met ‘{subject}’ hebben we uw antwoord nog nodig.",
            lastNudge:
                "We hebben niets meer van u gehoord over ‘{subject}’. We schrijven niet nog eens; een antwoord opent de zaak altijd weer.",
            status: "Uw zaak ‘{subject}’ ligt bij {who} en is niet vergeten.", withUs: "ons",
            unknownTime: "Hoe lang het duurt, kunnen we nog niet zeggen.",
            times:
                "Van {n} vergelijkbare zaken was de helft opgelost binnen {half} en negen van de tien binnen {most}.",
            minutes: ("minuut", "minuten"), hours: ("uur", "uur"), days: ("dag", "dagen")),
    ]
}
