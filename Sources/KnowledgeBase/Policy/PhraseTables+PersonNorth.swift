/// "I want a person" in the Germanic and Finnic languages.
extension PhraseTables {
    static let personGermanic = #"""
        [de]
        @adj = ein|eine|einen|einem|einer|dem|den|der|die|das|ihrem|ihren|ihrer|ihre|eurem|euren|eurer|echten|echter|echte|echtem|richtigen|richtiger|richtige|richtigem|wirklichen|lebenden|lebendigen|menschlichen|menschlicher|menschliche|realen|realem|reale|leibhaftigen|kompetenten|zustandigen|anderen|jemand|vom|aus|support|kundendienst|team|und|blut|fleisch|personlichen|live|konkreten|irgendeinem|irgendeinen
        @person = mensch~|menschen|person|personen|mitarbeiter*|kundenberater*|berater*|agent|agenten|agentin|sachbearbeiter*|ansprechpartner*|ansprechperson|kollege|kollegen|kollegin|vorgesetzte*|techniker*|jemand|jemanden|jemandem|irgendjemand*|operator|telefonist*|kundenservice|kundendienst|kundenbetreuer*|servicemitarbeiter*|supportmitarbeiter*|chef|teamleiter*|manager|spezialist*|experten|support|supportteam|hotline|fachmann|verantwortlichen|zustandigen
        @bot = bot|bots|roboter|robotern|chatbot|chatbots|maschine|maschinen|automat|automaten|automatische|automatischen|automatisierte|ki|algorithmus|textbausteine|textbausteinen|standardantworten|standardantwort
        sprechen|reden|schreiben|chatten|telefonieren|unterhalten|kommunizieren|verbinden|verbunden|klaren|quatschen ..4 mit|zu @adj{6} @person
        mit|zu @adj{6} @person ..6 sprechen|reden|spreche|rede|schreiben|chatten|telefonieren|unterhalten|verbinden|verbunden|weitergeleitet|verbinde|kommunizieren|klaren|besprechen|kontakt
        ^ ..4 mit @adj{5} menschen|mensch|mitarbeiter*|person|kundenberater*
        menschlichen|menschlicher|menschliche|echten|echter|echte|richtigen|richtige|richtiger|lebenden|lebendigen|realen @adj{3} @person|ansprechpartner|kontakt|hilfe|support|unterstutzung|antwort
        will|mochte|brauche|brauch|wunsche|hatte|bitte|gibt|geben|verlange|benotige|fordere|wollen|brauchen|mochten|hole|holen|gerne ..4 @adj{4} mensch|menschen|mitarbeiter*|berater*|kundenberater*|ansprechpartner*|sachbearbeiter*|vorgesetzten|echte_person|echten_support|personliche_beratung|rueckruf|ruckruf|agenten|personlichen_kontakt|teamleiter
        verbinden|verbinde|verbindet|durchstellen|weiterleiten|ubergeben|stellen|leiten ..4 mich|uns ..5 mit|an|zu|durch|weiter
        mich|uns ..5 verbinden|durchstellen|weiterleiten|durchgestellt|weitergeleitet|zuruckrufen|anrufen|zuruckruft|anruft|kontaktieren|zuruckgerufen|angerufen
        rufen|ruft|ruf|rufe ..2 mich|uns ..2 an|zuruck|bitte
        ruckruf|rueckruf|zuruckrufen ..2 bitte|erbeten|gewunscht|vereinbaren|anfordern|von
        um|einen|bitte ..2 ruckruf|rueckruf|zuruckruf
        mensch|mitarbeiter|berater|menschen bitte|statt|sprechen|dran|ran|anwesend|verfugbar
        ^ mitarbeiter|mensch|berater|kundenberater|kundenservice|ansprechpartner $
        kein|keinen|keine|nicht|statt|weder|genug|satt|schluss|ohne|hasse|nervt|keinem ..5 @bot ..4 sprechen|reden|mehr|schreiben|chatten|will|mochte|mensch|menschen|$
        kein|keine|keinen @bot
        telefonnummer|rufnummer|hotline ..4 anrufen|erreichen|support|von_euch|von_ihnen|kundenservice
        wie|wo|wen|wer ..4 erreiche|erreichen|anrufen|kontaktieren|ansprechen|sprechen ..3 jemanden|mensch|menschen|mitarbeiter|kundenservice|support|euch|sie|person|$
        kann|konnte|konnen|konnten|soll|kannst ..4 jemand|mitarbeiter|mensch|kollege ..6 anrufen|melden|ansehen|anschauen|kontaktieren|kummern|ubernehmen
        jemand|jemanden ..3 vom|von|aus|bei dem|ihrem|eurem|support|euch|ihnen|kundenservice|kundendienst|team
        jemanden|jemand mit_dem|mit_der|der ..3 reden|sprechen|schreiben|helfen
        eskalieren|eskaliert|eskalation
        ! meine|unsere|unseren|meinen kunden|nutzer|besucher ..6 sprechen|reden|chatten|mensch|menschen
        ! kein|keinen|keine mitarbeiter|ruckruf|anruf|berater ..3 notig|sprechen|notwendig
        ! brauche|brauchen|mochte keinen|kein|keine mitarbeiter|ruckruf|anruf|berater|mensch
        ! wie ..5 agenten|mitarbeiter|person|personen ..3 hinzufugen|hinzu|entfernen|einladen|loschen|anlegen|zuweisen

        [nl]
        @adj = een|de|het|echte|echt|levende|menselijke|jullie|uw|van|vlees|en|bloed|andere|bevoegde|klantenservice|iemand|live|support
        @person = mens|mensen|persoon|personen|medewerker|medewerkers|agent|iemand|klantenservice|collega|leidinggevende|manager|adviseur|operator|helpdesk|specialist|support|servicemedewerker|klantenservicemedewerker|helpdeskmedewerker
        @bot = bot|bots|robot|robots|chatbot|chatbots|machine|ai|automatische|geautomatiseerde
        praten|spreken|chatten|overleggen|bellen|praat|spreek|contact ..4 met|tegen @adj{5} @person
        met @adj{5} @person ..5 praten|spreken|chatten|bellen|doorverbonden|verbonden|verbinden|contact
        iemand|mens|persoon|medewerker ..3 spreken
        wil|wilt|graag|heb|nodig|geef|mag|willen|zoek|verbind|kan|eis|wens ..4 @adj{4} mens|menselijke_hulp|echt_persoon|echte_persoon|medewerker|echt_iemand|menselijk_contact|echte_medewerker|leidinggevende
        echte|echt|levend|levende|menselijke|menselijk mens|persoon|medewerker|contact|hulp|agent|iemand|ondersteuning
        verbind|verbinden|zet|schakel|geef|doorverbinden ..3 me|mij|ons ..3 door|met|over|aan
        doorverbonden|doorverbinden|teruggebeld|terugbellen
        bel|bellen ..2 me|mij|ons ..2 terug|op|even|alsjeblieft|aub
        mens|medewerker|persoon alsjeblieft|alstublieft|aub|graag|svp
        geen|niet|genoeg|stop|zonder ..4 @bot
        kan|kunnen|kunt iemand ..5 bellen|helpen|kijken|contacteren|contact|terugbellen
        telefoonnummer ..4 bellen|klantenservice|jullie|support
        ^ medewerker|mens $
        ! hoef|hoeft|hoeven ..1 geen|niet|niemand ..4 medewerker|mens|bellen|spreken|praten
        ! klanten|gebruikers ..5 praten|chatten|spreken

        [sv]
        @adj = en|ett|den|riktig|riktigt|verklig|levande|mansklig|er|era|eran|annan|nagon|av|fran|kundtjanst|support
        @person = manniska|manniskor|person|personer|handlaggare|medarbetare|agent|nagon|kundtjanst|radgivare|chef|operator|supporten|support|kundservice|representant|tekniker
        prata|tala|snacka|chatta|kontakt|kopplad|kopplas|prat ..3 med|till @adj{5} @person
        vill|behover|kan|far|ge|onskar ..4 @adj{4} manniska|riktig_person|mansklig|levande_person|handlaggare|person
        riktig|levande|verklig|akta manniska|person|medarbetare|agent
        koppla|sla|vidarebefordra ..2 mig|oss ..3 till|vidare|med|over
        ring|ringa|ringer ..2 mig|oss|upp
        inte|ingen|inga|slippa|utan|trott ..5 bot|bott|robot|chattbot|chatbot|maskin|botar|robotar|dator
        manniska|person|handlaggare tack|istallet
        kan|kunde nagon ..4 ringa|hjalpa|kontakta|titta
        ^ manniska|kundtjanst|handlaggare $

        [da]
        @adj = en|et|den|rigtig|rigtigt|levende|virkelig|menneskelig|jeres|fra|anden|ægte|ansat|reelt
        @person = menneske|mennesker|person|personer|medarbejder|agent|nogen|kundeservice|radgiver|chef|operator|supporten|support|konsulent|supportmedarbejder|leder
        tale|snakke|chatte|taler|kontakt|forbindelse|talt ..3 med|til @adj{5} @person
        vil|onsker|har|skal|kan|giv|fa ..4 @adj{4} menneske|rigtig_person|levende_person|medarbejder|rigtigt_menneske
        rigtig|rigtigt|levende|virkelig|reelt menneske|person|medarbejder
        stil|viderestil|forbind|omstil|send ..3 mig|os ..3 om|til|videre|igennem|ind
        ring|ringe|ringer|ringet ..2 mig|op|tilbage|os
        ikke|ingen|slippe|uden|traet ..5 bot|robot|chatbot|maskine|robotter|bots|computer
        menneske|person|medarbejder tak
        kan|kunne nogen ..4 ringe|hjaelpe|kontakte|kigge

        [no]
        @adj = en|et|den|ekte|virkelig|levende|menneskelig|deres|fra|annen|noen|kundeservice
        @person = menneske|mennesker|person|personer|medarbeider|agent|noen|kundeservice|radgiver|sjef|operator|kundebehandler|saksbehandler|support|leder|kundestotte
        snakke|prate|chatte|snakker|kontakt|tale ..3 med|til @adj{5} @person
        vil|onsker|trenger|kan|gi|far|har ..4 @adj{4} menneske|ekte_person|levende_person|kundebehandler|ekte_menneske
        ekte|levende|virkelig|virkelige menneske|person|medarbeider
        sett|koble|overfor|send ..2 meg|oss ..3 over|til|med|videre
        ring|ringe|ringer ..2 meg|opp|tilbake|oss
        ikke|ingen|slippe|uten|lei ..5 bot|robot|chatbot|maskin|roboter|boter|datamaskin
        menneske|person takk
        kan noen ..4 ringe|hjelpe|kontakte|se

        [fi]
        @person = ihmisen|ihmiselle|ihminen|ihmista|ihmiseen|asiakaspalvelijan|asiakaspalvelijalle|asiakaspalvelija|asiakaspalvelijaa|henkilon|henkilolle|jonkun|jollekin|asiakaspalveluun|asiakaspalvelun|edustajan|työntekijan|esimiehen
        @person ..4 kanssa|puhua|jutella|yhdista*|soittaa|puheille|keskustella
        puhua|jutella|keskustella|chatata ..5 @person
        haluan|haluaisin|tarvitsen|voinko|saanko|yhdista*|saisinko|voisiko ..4 @person
        oikea|oikean|elava|elavan|oikealle|elavalle|elavaa|oikeaa ihminen|ihmisen|ihmiselle|henkilon|henkilo|ihmista
        yhdista|yhdistakaa|siirra|siirtakaa ..3 minut|ihmiselle|asiakaspalveluun
        soita|soittakaa|soittaisitteko|soittaa ..2 minulle|takaisin
        en|ei|ala ..4 botin|botille|robotin|robotille|koneen|bottia|robotti|botti|tekoalyn
        """#
}
