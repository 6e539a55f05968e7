package lang

// The phrases of a thank-you, folded, as alternatives of a regular expression.
// Only what is listed passes: a word that is not may be a demand.

// corePhrases say thanks, or that all is well: one of them makes a courtesy.
const corePhrases = `` +
	// French thanks. "merci de…" and "merci d'avance" ask for something and are
	// not listed; neither is "votre retour rapide".
	`(?:(?:un )?(?:tres )?(?:grand|gros|immense|enorme) merci|mille (?:fois )?mercis?|merci|mercis|mrc|mci)` +
	`(?: (?:beaucoup|bcp|infiniment|mille fois|encore(?: une fois)?|bien|vraiment|tout plein|sincerement|du fond du coeur))*` +
	`(?: (?:a (?:vous|toi|tous|toutes|l'equipe|toute l'equipe|votre equipe|toute votre equipe)(?: aussi)?))?` +
	`(?: (?:pour` + frenchThanked + `|d'avoir (?:repondu|pris le temps(?: de me repondre)?|fait vite)(?: (?:si|aussi) (?:vite|rapidement))?))?` +
	`|(?:et )?(?:encore|vraiment) merci` +
	`|je (?:vous|te) remercie(?: (?:beaucoup|infiniment|vivement|sincerement|chaleureusement|vraiment|encore))*(?: pour` + frenchThanked + `)?` +
	`|(?:avec )?(?:tous )?mes (?:sinceres )?remerciements` +
	`|c'est (?:vraiment |tres |super |trop )?(?:gentil|sympa|aimable|adorable)(?: de votre part| a vous)?` +
	`|vous etes (?:vraiment |tres |trop )?(?:au top|gentille?s?|adorables?|super|geniaux|formidables?|les meilleurs|une equipe au top)` +
	// French acknowledgements.
	`|ok|okay|oki|okey|d'accord|entendu|c'est (?:bien )?(?:note|compris|entendu)|(?:bien )?note|compris|bien recu|je note` +
	`|parfait|(?:c'est )?(?:parfait|super|genial|top|nickel|impeccable|excellent|formidable)|tout est (?:parfait|ok|regle|rentre dans l'ordre)` +
	`|(?:c'est|probleme) (?:regle|resolu)` +
	// English.
	`|(?:many |a thousand |so many |and )?(?:thanks|thank you|thankyou|thx|tks|thnx|ty|cheers)` +
	`(?: (?:so much|very much|a lot|a million|a bunch|ever so much|again|all|both|guys|everyone|so very much|indeed))*` +
	`(?: for` + englishThanked + `)?` +
	`|(?:that's |that is |it's |this is )?(?:very |really |much |greatly |so )?(?:appreciated|kind of you|nice of you)` +
	`|i (?:really |do |very much )?appreciate (?:it|that|this|your help|your kindness|your time)` +
	`|(?:that's |that is |it's |this is |all )?(?:great|perfect|awesome|brilliant|excellent|wonderful|fantastic|amazing|lovely|super)` +
	`|got it|noted|understood|duly noted|well received|all (?:good|sorted|set)|(?:problem|issue) solved` +
	`|you(?:'re| are) (?:the best|very kind|so kind|amazing|wonderful|awesome|a star|great)`

const frenchThanked = ` (?:tout(?: ce que vous (?:faites|avez fait))?` +
	`|(?:votre|vos|ton|ta|tes|cette|ce|ces|l'|la|le|les)(?: ?(?:grande?|tres bonne|belle|bonne|excellente?|precieuse?|aimable|gentille))?` +
	` ?(?:aide|reponse|reponses|reactivite|gentillesse|amabilite|patience|ecoute|disponibilite|professionnalisme|efficacite|rapidite|geste|geste commercial|bienveillance|accueil|attention|service|travail|info|infos|information|informations|precision|precisions|explication|explications|conseil|conseils|message|petit mot|mot|renseignement|renseignements|intervention)` +
	`(?: (?:(?:si |tres |aussi |super )?(?:rapide|rapides|claire|complete|detaillee|precieuse|precieux|gentil|gentille))| et (?:votre|ta) (?:gentillesse|reactivite|aide|patience|amabilite|professionnalisme|ecoute|disponibilite))?)`

const englishThanked = ` (?:everything|all (?:your|of your) help|letting me know|getting back to me(?: so (?:quickly|fast|soon))?|the (?:info|information|heads up|clarification|explanation|kind words|quick (?:reply|response|answer|help)|great service|lovely service|excellent service)` +
	`|(?:your|the)(?: (?:kind|great|quick|fast|speedy|super fast|lovely|helpful|wonderful))? (?:help|reply|response|answer|kindness|patience|time|support|message|efficiency|assistance|service|advice)(?: and (?:your )?(?:help|kindness|patience|time|support))?` +
	`|(?:helping me(?: out)?|being so (?:kind|helpful|quick|patient)|replying(?: so (?:quickly|fast))?|answering(?: so (?:quickly|fast))?))`

// weakPhrases may stand beside thanks but say too little alone: they could be
// the answer to a question of ours.
const weakPhrases = `ca marche|tres bien|et|and|bravo|pas de (?:souci|soucis|probleme)|aucun (?:souci|probleme)|sounds good|no (?:problem|worries)|will do|ah|oh|alors|donc|bon|vraiment|much` +
	`|(?:j'ai )?(?:bien recu)(?: (?:votre|le) (?:message|mail|reponse))?` +
	`|(?:mon |le |ma |la )?(?:colis|paquet|commande|bague|collier|bracelet) (?:est |vient d'etre )?(?:bien )?(?:arrivee?|recue?|livree?)(?: (?:aujourd'hui|ce matin|ce jour|hier))?` +
	`|(?:bien )?(?:arrivee?|recue?) (?:aujourd'hui|ce matin|ce jour|hier)` +
	`|(?:my |the )?(?:parcel|package|order|ring|necklace|bracelet)(?: has|'s)? (?:just |safely )?(?:arrived|received)(?: safely)?(?: (?:today|this morning|yesterday))?` +
	`|(?:elle|il|ca|c') ?(?:est|me|lui)? ?(?:plait (?:beaucoup|enormement)|est magnifique|est superbe|est tres belle?|est tres beau)` +
	`|(?:j'|je l'|on l'|ma femme l'|ma fille l'|mon mari l')adore|(?:i|she|he|we|my wife|my daughter) (?:love|loves|loved) it|it's (?:beautiful|gorgeous|stunning)` +
	`|je suis (?:ravie?|tres contente?|tres satisfaite?|enchantee?)|i'm (?:so |very |really )?(?:happy|pleased|delighted)`

// framePhrases are greetings and closings.
const framePhrases = `au plaisir|(?:re)?bonjour|bonsoir|hello|salut|coucou|hi|hey|hi there|dear (?:team|all)|good (?:morning|afternoon|evening)|madame|monsieur|mesdames|messieurs|toute l'equipe|a tous|a toutes|chere madame|cher monsieur|team|there` +
	`|(?:(?:je )?vous (?:souhaite|dis) )?(?:une |un )?(?:tres |bonne et )?(?:bonne|belle|excellente|agreable|bon|bel|excellent|heureuse) (?:et (?:heureuse|belle) )?(?:journee|soiree|fin de (?:journee|semaine|soiree)|continuation|semaine|weekend|week end|wk|we|dimanche|apres midi|nuit|fetes|annee|vacances|reprise|courage)(?: (?:a (?:vous|toi|tous|toutes|toute l'equipe|votre equipe)(?: aussi|egalement)?|egalement))?` +
	`|(?:passez )?(?:de )?(?:bonnes|joyeuses|belles|tres bonnes) fetes(?: de (?:fin d'? ?annee|noel))?(?: a (?:vous|tous|toute l'equipe))?|joyeux noel|bonnes vacances|a (?:vous|toi) aussi|de meme|vous aussi|egalement` +
	`|(?:bien |tres |plus )?cordialement|bien a vous|bien a toi|cdt|cdlt|cldt|amicalement|sincerement|(?:mes |meilleures |sinceres |cordiales )*salutations(?: distinguees)?|a bientot|au revoir|bises|bisous|bien amicalement|respectueusement` +
	`|(?:have a |enjoy your |a )?(?:very )?(?:nice|great|good|lovely|wonderful|fantastic|happy) (?:day|evening|weekend|week|afternoon|night|rest of your day|new year|one)(?: (?:too|ahead))?|you too|happy (?:holidays|christmas)|merry christmas|take care|bye|bye bye|goodbye|see you` +
	`|(?:best|kind|warm|warmest|kindest|many)? ?regards|best(?: wishes)?|all the best|(?:yours )?sincerely|yours(?: truly)?|xx|xxx|x`

// givenNames sign or address a thank-you; any other name leaves it in doubt.
const givenNames = `adele adrien agathe agnes aicha alain albert alex alexandra alexandre alexia alexis alice aline amandine amelie amina anais andre andrea angelique anna anne annie antoine arnaud arthur aurelie aurore axel ` +
	`baptiste beatrice benedicte benjamin benoit bernadette bernard bertrand brigitte bruno camille carine carla carole caroline catherine cathy cecile cedric celia celine chantal charles charlotte chloe christelle christian christiane christine christophe claire clara claude claudine clement clementine colette coralie corinne cyril ` +
	`damien daniel daniele danielle david delphine denis diane didier dominique edith eleonore elena elisa elisabeth elise elodie eloise emilie emma emmanuel emmanuelle eric erika estelle esther etienne eva evelyne fabien fabienne fabrice fanny fatima florence florent florian france francine francis francois francoise franck frederic frederique ` +
	`gabriel gabrielle gaelle genevieve georges gerald gerard gilbert gilles gisele gregory guillaume guy helene henri herve hugo ines irene isabelle jacqueline jacques jean jeanne jennifer jeremy jerome jessica joel joelle johanna jonathan josephine josette josiane judith jules julia julie julien juliette justine karim karine kevin ` +
	`laetitia laura laure laurence laurent lea leila lena leo lila liliane lina linda lise loic louis louise luc lucas lucie lucien lucienne ludovic lydia lydie madeleine magali manon marc marcel margaux margot marguerite maria marianne marie marina marion marlene martial martine mathieu mathilde matthieu maud maurice max maxime melanie melissa michael michel michele micheline mireille mohamed monique morgane muriel myriam ` +
	`nadia nadine naima nancy natacha nathalie nicolas nicole nina noah noelle noemie odette odile olivia olivier ophelie pascal pascale patrice patricia patrick paul paula paulette pauline philippe pierre rachel rachid raphael raymond rebecca regine regis remi renaud rene renee richard robert robin roger roland romain rosalie roxane ` +
	`sabine sabrina salome samia samir samuel sandra sandrine sara sarah sebastien serge severine simon simone solange solene sonia sophie stephane stephanie suzanne sylvain sylvie tatiana thibault thierry thomas tiphaine valentin valentine valerie vanessa vera veronica veronique victor victoire victoria vincent virginie vivien viviane xavier yann yannick yasmina yasmine yves yvette yvonne zoe ` +
	`adam alison amy andrew angela ben brian chris colin daisy dave debbie diana dylan edward elizabeth ellen emily eve fiona gary george grace hannah harry heather helen henry jack jackie jake james jane janet jason jeff jenny jim joan joanna joe john joseph josh judy karen kate katherine kathy katie keith kelly ken kim laura lauren linda lisa liz lucy lynn margaret mark martha martin mary matt matthew megan michelle mike molly natalie neil nick nicola olivia oscar pam peter phil rachel rob ruth ryan sally sam sean sharon sheila stephen steve steven sue susan tim tina tom tony tracy vicky will william wendy zara`
