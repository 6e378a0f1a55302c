/// Given names that are no common words: data, not a rule.
///
/// The commonest of the 1990 census of the United States (public domain) and some 500 of Europe, the Arab world, India, East Asia
/// and Africa; those left out stand in lower case in technical texts, or name months, places, gems, products and languages.
enum GivenNames {
    static func contains(_ folded: String) -> Bool { all.contains(folded) }

    private static let all = Set(
        """
        aaliyah aaron abby abdul abdullah abel abena abigail abraham achim adam addie adela adele adeline adil
        adolfo adolph adrian adriana adrienne agnes agnieszka agustin ahmad ahmed ahmet aida aiko aileen aimee
        aisha akash akiko alain alan alana alastair albert alberta alberto albrecht alejandra alejandro
        aleksandr aleksandra alessandra alessandro alessia alex alexander alexandra alexandria alexis alfonso
        alfred alfredo ali alice alicia alina aline alisa alisha alison alissa alistair allan allen allie
        allison allyson alma alonzo alphonso alta althea alton alva alvaro alvin alyssa amanda amara amelia amie
        amina amit amos amrit amy ana anastasia anders andre andrea andreas andreea andrei andrej andres andrew
        andrzej andy aneta angela angelia angelica angelika angelina angeline angelo angie anil anita anja
        anjali anke ann anna annabelle anne anneke annette annie annika anouk anthony antoine antoinette anton
        antonia antonio anu anusha archana archie ariel arjun arlene armand armando armin arnaud arne arnold
        arthur arturo arun asha ashlee ashley ashok astrid aubrey audra audrey aurelie ava avery avis axel
        ayesha ayse barbara barbra barry bartosz bastian bautista beata beatrice beatriz becky belinda ben
        benedikt bengt benita benito benjamin bennie benny benoit bernadette bernadine bernard bernd bernice
        bert bertha bessie beth bethany betsy bette bettie betty bettye beulah beverly bhavna bianca bilal bill
        billie billy birgit bjorn blaine blair blake blanca blanche bob bobbi bobbie bobby bogdan bonita bonnie
        boris boyd brad bradford bradley brady bram brandi brandon brandy branko brenda brendan brent bret brett
        brian brianna bridget bridgette brigitte brittany brittney brooke bruce bruno bryan bryant bryce bryon
        burak burton byron caitlin caleb callie calvin cameron camila camille candace candice cara carey carl
        carla carlene carlos carlton carmela carmella carmen carol carole caroline carolyn carrie carroll cary
        casey cassie catalina catherine cathleen cathy cecelia cecil cecile cecilia cedric celeste celia cem
        cesar chad chandra charlene charles charlie charlotte charmaine chasity cheri cherie cheryl chester
        chiara chidi chinedu chloe chong chris christa christi christie christina christine christoph christophe
        christopher christy chrystal chuck ciaran cindy clair claire clara clare clarence clarice clarissa clark
        claude claudette claudia claudine clayton clement cleo cleveland clifford clifton clint clinton clyde
        cody colette colin colleen concepcion connie conor conrad constance consuelo cora corey corine corinne
        cornelia cornelius corrine cory courtney craig cristina cruz curt curtis cynthia dagmar damian damien
        damon dan dana dane daniel daniela daniele danielle danny danuta daphne darcy darin darius dariusz darla
        darlene darnell darragh darrel darrell darren darrin darryl darwin daryl dave david deana deanna deanne
        debbie debora deborah debra dee deepak deepika deidre delbert delia della delores deloris demetrius dena
        denis denise dennis denny derek derick derrick desiree desmond devin devon dewayne dewey dexter diana
        diane dianna dianne diego dieter dina dion dixie dmitri dmitry dollie dolly dolores domingo dominic
        dominick dominik don dona donald donna donnie dora doreen doris dorota dorothea dorothy dorthy doug
        douglas doyle drew duane dustin dwayne dwight dylan eamon earlene earline earnest earnestine ebony ebru
        eddie edgar edith edmond edmund edna eduardo edward edwin edwina effie efrain eileen ekaterina elaine
        elbert eldon eleanor elena eleni eli elias elif elijah elinor elisa elisabeth elise elisha eliza
        elizabeth ella ellen elliot elliott ellis elma elmer elnora eloise elsa elsie elton elva elvin elvira
        elwood emanuel emeka emil emilia emilie emilio emily emma emmanuel emmett emre enrique enzo eric erica
        erick ericka erik erika erin erma ernestine ernesto ernie ervin erwin esmeralda esperanza esra essie
        esteban estela estella estelle esther ethan ethel etienne etta eugene eugenia eula eunice eva evan
        evangeline evelyn everett ewa fabian fabio fabrice faith fannie fatima fatma fay faye federico felicia
        felipe felix femke feng ferdinand fernanda fernando fidel fiona fionn flora florian flossie floyd
        forrest fran frances francesca francesco francine francis francisca franck francois frankie franklin
        franz fred freda freddie freddy frederic frederick fredrick freja frieda friedrich fritz gabor gabriel
        gabriela gabrielle gail gale garrett garry gary gaurav gay gayle geert gene geneva genevieve geoffrey
        george georgette georgina gerald geraldine gerard gerardo gerd gerhard gerry gertrude gianluca gilbert
        gilberto gilles gina giorgio giovanni giulia giuseppe gladys glenda glenn glenna gloria goldie gonzalo
        goran gordon grace gracie graciela grady graham greg gregg gregorio gregory greta gretchen grover
        grzegorz guadalupe guillaume guillermo gunter gus gustav gustavo gwen gwendolyn hakan hal haley hamza
        hanna hannah hannes hans harald hari harlan harley harold harpreet harriet harriett harrison harry
        harvey hasan hattie hazel hector heidi heike heiko heinrich heinz helen helena helene helga helmut
        hendrik henrietta henrik henry henryk herbert herman hideo hilary hilda hillary hiroshi hollis horace
        howard hubert hugh hugo humberto hussein ian ibrahim ida ignacio igor ila ilene ilse imogene imran ina
        ines inez inga inge ingrid ira irene irina irma irvin irving isaac isabel isabella isabelle isaiah
        ismael iva ivan ivana ivory jaap jacek jack jackie jackson jaclyn jacob jacqueline jacquelyn jacques
        jadwiga jaime jake jakob jakub jamal james jami jamie jana jane janek janelle janet janette janice janie
        janina janine janis jared jarrod jason jasper javier jay jayne jean jeanette jeanie jeanine jeanne
        jeannette jeannie jeannine jeff jeffery jeffrey jeffry jenifer jenna jennie jennifer jenny jens jerald
        jeremiah jeremy jeri jermaine jeroen jerome jerri jerry jesper jess jesse jessica jessie jesus jewel
        jewell jill jillian jim jimmie jimmy jiri joachim joan joann joanna joanne joao joaquin jocelyn jochen
        jodi jodie jody joe joel joesph joey johan johann johanna johannes john johnathan johnnie johnny jolanta
        jolene jon jonas jonathan jonathon joni jordan jorge jose josefina joseph josephine josh joshua josie
        joyce juan juana juanita judith judy juergen jules julian juliana julianne julie julien juliette julio
        julius jurgen justin justine jutta kaarina kamal kamil kara karen kari karim karin karina karl karla
        karolina kasey kasia katarina katarzyna kate katharina katharine katherine kathie kathleen kathrine
        kathryn kathy katie katja katrin katrina katy kavita kavya kay kaye kayla kazuo keiko keisha keith
        kelley kelli kellie kelly kelsey ken kendall kendra kendrick kenji kenneth kenny kent keri kermit kerri
        kerry kerstin kevin khadija khalid kim kimberley kimberly kiran kirby kirk kirsten klaus knut kofi
        konrad konstantin kris krista kristen kristi kristie kristin kristina kristine kristopher kristy krystal
        krzysztof kumar kurt kwame kyle lacey lacy ladonna lakeisha lakisha lakshmi lamar lamont lana lance lara
        larry lars laszlo latasha latisha latonya latoya laura laurel lauren laurence laurent laurie lavern
        laverne lavonne lawanda lawrence lea leah leann leanne lee leigh leila lela leland lena lenora lenore
        leo leola leon leona leonard leonardo leonie leroy lesley leslie lester letha leticia levi lewis liam
        lidia lieke lila lilia lilian lillian lillie lilly lina linda lindsay lindsey linnea lionel lisa liza
        lizzie lloyd logan lois lola lonnie lora loraine loren lorena lorene lorenzo loretta lori lorie lorna
        lorraine lorrie lothar lottie lou louie louis louisa louise lourdes lowell loyd luann luca lucas lucia
        luciana lucile lucille lucinda lucy ludovic luella luis luisa luise luiz lukas luke lula lupe luther
        lutz lydia lyle lynda lynette lynn lynne maarten mabel mable maciej mack madeline madge mae magda
        magdalena maggie magnus mahmoud maja malcolm malgorzata malik malinda mallory mamie mandy manfred manoj
        manon mansoor manuel manuela marc marcel marcella marcia marcie marco marcos marcus marcy marek margaret
        margarethe margarita margery margie margo margot margret marguerite mari maria mariam marian mariana
        marianne maribel maricela marie marieke marilyn marina mario marion marisa marisol marissa maritza
        mariusz marjolein marjorie marko marla marlene marlin marlon marsha marshall marta martha martin martina
        marty marvin mary maryann maryanne marylou mateo mateusz mathew mathias mathieu mathilde matilda matt
        matteo matthew matthias mattie maude maureen maurice mavis maximilian maxine mayra mayumi meagan meera
        megan meghan mehdi mehmet melanie melba melinda melisa melissa melody melva melvin meredith merle micah
        michael michal micheal michel michele michelle mickey miguel mihai mikael mike mikhail mikko milagros
        mildred milena millard millie milton mindy minerva minnie miranda mireille miriam miroslav mitchell
        mitzi mohamed mohammad mohammed mohan moises mollie molly mona monica monika monique monty morgan moritz
        morris moses muriel murray mustafa myra myrna myron myrtle nadia nadine nadja nancy nanette nannie naomi
        natalia natalie natalya natasha nathan nathaniel neal ned neha neil nelda nell nellie nelson nettie neva
        niamh nicholas nichole nick nicola nicolas nicole nikki niklas nikolai nikolas nils nina nisha nita noah
        noe noemi nola nolan nona nora norbert noreen norma norman norris odell odessa ofelia oisin oksana ola
        olaf oleg olena olga oliver olivia olivier ollie omar ophelia ora orville oscar oskar otis otto owen
        pablo padraig paige pam pamela paolo pascal pat patrica patrice patricia patrick patrik patsy patti
        patty paul paula paulette paulina pauline paulo pavel pawel pearlie pedro peggy penelope percy pernilla
        perry pete peter petra philip philippe phillip phyllis pierre pieter piotr polly pooja prakash pranav
        pratik preston priscilla priya priyanka quentin quinton rachael rachel rachelle radek rae rafael rahul
        raimund rainer raj rajesh rakesh ralf ralph ramesh ramiro ramon ramona randal randall randi randolph
        randy rania raphael raquel rashid raul ravi ray raymond reba rebecca rebekah reggie regina reginald
        reinhard rena renata rene renee reuben reva rex reynaldo rhoda rhonda ricardo riccardo richard rick
        rickey rickie ricky rigoberto rikke rita riya rob robbie robert roberta roberto robin robyn rocco
        rochelle roderick rodger rodney rodolfo rodrigo rogelio roger rohan rohit roland rolando rolf ron ronald
        ronda ronnie roosevelt rory rosa rosalie rosalind rosalinda rosalyn rosario roscoe roseann rosemarie
        rosemary rosetta roshni rosie roslyn ross roxanne roxie roy royce ruben rudolph rudy ruediger rufus rui
        rupert russel russell ruth ruthie ryan ryszard saanvi sabine sabrina sadie sakura sallie sally salma
        salvador salvatore sam samantha samir sammie sammy samuel sandeep sandra sanjay sanjeev santos santosh
        sara sarah saskia satoshi saul saundra scott scotty sean sebastian selena selin selma serena sergei
        sergey sergio seth shabnam shalini shana shane shankar shanna shannon shari sharon sharron shaun shauna
        shawn shawna sheena sheila shelby sheldon shelia shelley shelly sheri sherman sherri sherrie sherry
        sheryl shirley shreya siddharth sidney siegfried sigrid silke silvia simon simone sina sinead siobhan
        slawomir snezana socorro sofia sofie solomon sondra sonia sonja sonya sophia sophie soren soumya spencer
        stacey staci stacie stacy stan stanislav stanley stefan stefanie stefano steffen stella stephan
        stephanie stephen steve steven stewart stuart sue sunil sunita suresh susan susana susanna susanne susie
        suzanne suzette sven svetlana swati sybil sylvester sylvia sylvie sylwia tabatha tabitha tadeusz takashi
        takeshi tamara tameka tami tamika tammi tammie tammy tania tanisha tanja tanya tara tariq tasha tatiana
        tatjana ted teddy terence teresa teri terrance terrell terrence terri terrie terry thaddeus thandiwe
        thelma theodore theresa therese thibault thierry thijs thomas thorsten thurman tia tiago tiffany tilman
        tim timmy timothy tina tobias toby todd tom tomas tomasz tommie tommy toni tonia tony tonya torben
        torsten tracey traci tracie tracy travis trent trevor tricia trina trisha troy trudy tyrone tyson ulrich
        ulrike ursula urszula usha uwe valarie valentin valeria valerie vance vanessa vasile vaughn velma venkat
        vera verna vernon veronica veronika vicente vicki vickie vicky victor victoria vijay vikram viktor
        viktoria vinay vincent vincenzo viola virgie virgil virginie vivek vivian vladimir volker wade waldemar
        wallace walter wanda warren wayne wei wendell wendy werner wesley whitney wiebke wieslaw wilbert wilbur
        wilfred wilfredo wilhelm willa willard willem william williams willie willis wilma wilson wim winifred
        winnie winston wojciech wolfgang woodrow xavier xiao yannick yasmin yasmine yesenia yoko yolanda yong
        youssef yuki yuri yusuf yves yvette yvonne zachary zainab zbigniew zelma zeynep zoe zofia zsofia
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
