package guard

import "github.com/comptoir-desk/comptoir/internal/phrase"

const (
	pictures     = `photo|photos|image|images|capture|captures|visuel|visuels|schema|plan|croquis|picture|pictures|screenshot|screenshots|diagram|drawing|scan`
	frenchFiles  = `facture|factures|etiquette|etiquettes|bon|bons|bordereau|bordereaux|photo|photos|capture|captures|devis|attestation|attestations|certificat|certificats|justificatif|justificatifs|duplicata|formulaire|formulaires|pdf|fichier|fichiers|document|documents|doc|copie|notice|guide|plan|image|images|visuel|visuels|catalogue|preuve|recu|recapitulatif|releve|rib|schema|mode|fiche|courrier|lettre|cgv|conditions|tableau|brochure|reponse|contrat|cliche|cliches|ticket|tickets|billet|billets|scan|accord|tarifs|tarif|extrait|patron|recette|programme|manuel|itineraire|tutoriel|licence|licences|video|carte|dossier|bulletin|avoir|rapport|mandat|convention|questionnaire|planning|bilan|croquis`
	englishFiles = `invoice|invoices|label|labels|form|forms|photo|photos|picture|pictures|screenshot|screenshots|quote|certificate|certificates|receipt|receipts|proof|pdf|file|files|document|documents|copy|guide|chart|image|images|catalogue|catalog|statement|instructions|letter|brochure|terms|slip|note|manual|voucher|list|details|sheet|contract|leaflet|flyer|policy|report|summary|breakdown|quotation|drawing|diagram|confirmation|agreement|booklet|spreadsheet|spreadsheets|ticket|tickets|extract|pattern|map|video|recipe|menu|licence|license|lable|table|credit|warranty|planner|schedule|programme|fonts|template|worksheet|questionnaire|mandate|waiver|memo|transcript|screen|docs|doc|paperwork|card`
)

// announced are the ways to announce a file. "noun" ones could be the customer's
// file too, "adjective" ones stand behind what is joined, "joined" ones may join
// a thing to a parcel, "shown" ones speak of a document that may be a link.
var announced = func() *phrase.Set {
	p := &phrase.Set{}
	p.Add("here", `
		ci joint|jointe|joints|jointes|inclus|incluse|incluses|annexe|annexee
		cijoint|cijointe
		trouverez|trouver|trouve|voici _3 attache|attachee|attaches
		attached|enclosed please? you|find|is|are|herewith
		please find|see _4 attached|enclosed|attachment|attachments
		you ll|will find _5 attached|enclosed
		find attached|enclosed
		trouverez|trouver _6 attache|attachee|attaches|attachees
		attaching|enclosing the|your|our|a|an _1 `+englishFiles+`
		let me attach|enclose
		review|see|find|check|read|open|consult the attached
		look at|to the attached
		refer to the attached
		avec|dans ce message|mail|courriel _3 recevez|trouverez
		envoie|envoyons|transmets|transmettons|adresse|adressons|mets|mettons|mis|ajoute|ajoutee|inclus|glisse|trouverez _6 avec|dans|a ce|cet|mon mail|message|courriel|email|e
		include|included|including|put|add|added|adding|send|sending|sent _6 with|in|to this|my email|e|message|mail|reply
		include|included|put|add|added|send|sending|sent|have _5 as a? pdf|file|attachment
		en attache|attachement
		find _6 attached to this|my|our
		i|we ve|have? just? attach|attached|enclose|enclosed
		i m|am attaching|enclosing
		we re|are attaching|enclosing
		see the? attached|enclosed|attachment
		herewith|pfa
		trouverez _2 joint|jointe|joints|jointes
		annexe|annexee|annexes|annexees a|au la|ce|cet|mon|present|presente|courrier|message|mail
		glisse|glissons|mets|mettons|laisse|laissons|pose|place|colle|copie|insere|ajoute|ajoutons|envoie|envoyons|partage|depose ici|dessous le|la|les|l|un|une|des|votre|vos|notre|nos _1 `+frenchFiles+`
		`+frenchFiles+` _5 en copie de|a ce|cet|mon|ma|notre
		`+frenchFiles+` _5 en bas|pied de|du ce|cet|mon|message|mail|courriel
		popped|put|stuck|dropped|added|add|included|include|attached|appended|placed|uploaded|tacked|slipped|pasted|sent|saved|clipped|bundled|pop _6 on|onto|to|into|in|with|at this|my|the email|mail|message|reply|note
		accompagne|accompagnent ce|cet|mon|notre|le _1 message|mail|courriel|email
		ce|cet|mon|notre message|mail|courriel|email est|sont accompagne|accompagnes|assorti de|d|du|des
		this|my|the e? mail|message|email comes|is _3 attached|attachment
		viens|venons d|de attacher|joindre|ajouter|annexer
		sous ce pli
		inclosed
		here s|is _4 attached
		attached herewith|below|here|hereto`)
	p.Add("noun", `
		piece|pieces jointe|jointes
		fichier|fichiers|document|documents joint|joints|attache|attaches
		en fichier|document joint|attache
		piece|pieces attachee|attachees
		en pj
		pj
		p j
		en annexe
		as|in an|the attachment|attachments
		the attachment|attachments
		in|as attachment`)
	p.Add("adjective", `
		`+frenchFiles+` _5 joint|jointe|joints|jointes
		`+frenchFiles+` _4 attache|attachee|attaches|attachees a ce|cet|mon|ma|notre
		the|our attached `+englishFiles+`
		the|our attached _1 `+englishFiles+`
		`+englishFiles+` _2 is|are attached|enclosed
		`+englishFiles+` attached|enclosed
		`+englishFiles+` s attached|enclosed
		attached to|with this|my|our email|e|mail|message|reply|note|answer`)
	p.Add("joined", `
		je|nous vous|te? l|le|la|les|y? joins|joignons
		j ai|avais joint
		vous|te|t ai|avons joint|jointe|joints|jointes
		permets|permettons|permettez _3 joindre
		j attache|attacherai
		nous attachons
		nous avons|avions joint
		joint|jointe|joints|jointes a|au|avec ce|cet|cette|mon|ma|notre|present|presente|courriel|message|mail
		joint|jointe|joints|jointes ici meme?
		attache|attachee|attaches|attachees|insere|inseree|inseres|inserees|inclus|incluse a|au|dans ce|cet|mon|notre|present|courriel|message|mail`)
	p.Add("bare", `
		attached|attched|atached|attatched|attachd|enclosed|enclsed|inclosed`)
	p.Add("this", `
		avec|dans|a|sous|par ce|cet|mon|notre|present message|mail|courriel|email
		avec|dans|a|sous|par ce|cet|mon e mail
		with|in|on|to|onto|into|inside this|my email|message|mail|note|reply
		with|in|on|to|onto|into|inside this|my e mail
		par la presente`)
	p.Add("pictured", `
		voici|voila en photo|photos|image|images|video
		`+pictures+` _3 ci dessous|apres|contre
		`+pictures+` _3 below
		`+pictures+` en dessous
		ci dessous|apres la|le|une|un|l|les|des|deux|quelques|votre|notre _1 `+pictures+`
		below a|the|some|is|are|two|our _2 `+pictures+`
		below you ll|will|can _2 see|find _2 `+pictures)
	p.Add("itself", `
		the attached should|shows|show|explains|explain|is|are|has|gives|contains|will|covers|lists|confirms
		the attached`)
	p.Add("shown", `
		voici|voila la|le|les|l|une|un|des|votre|vos|notre|nos _1 facture|factures|etiquette|bordereau|photo|photos|capture|devis|attestation|certificat|justificatif|duplicata|formulaire|pdf
		voici|voila le|votre|un bon de retour
		here is|are|s the|your|our|a _1 invoice|label|photo|photos|picture|pictures|certificate|receipt|form|pdf|screenshot
		trouverez|envoie|transmets|adresse _6 en|au format? pdf`)
	return p
}()

var (
	// By the customer, or asked of them.
	theirFile = phrase.Of(`
		votre|vos|ta|tes piece|pieces|pj|fichier|fichiers|photo|photos|capture|captures|justificatif|justificatifs|image|images
		your _1 attachment|attachments|file|photo|photos|picture|pictures|screenshot
		your attached
		vous nous|m|me avez|aviez|ayez|auriez _5 joint|jointe|joints|jointes|piece|pj|fichier|document|annexe
		vous l|les|y? avez|aviez|ayez|auriez _1 joint|jointe|joints|jointes|envoye|envoyee|envoyes|envoyees|mis|mise|ajoute|ajoutee|transmis|transmise|fourni|adresse
		vous nous|m|l|les? joignez|envoyez|joigniez|joindrez|transmettez
		you ve|have|had|d _2 attached|enclosed|sent|shared
		you kindly? attached|enclosed|sent|shared|included
		vous nous|m|me|l|les avez|aviez|ayez|auriez envoye|envoyee|envoyes|envoyees|transmis|transmise|transmises|adresse|adressee|adressees|fourni|fournie|fournies|partage|partagee|partagees
		jointe|jointes|joint|joints _1 par vous`)
	askedFile = phrase.Of(`
		envoyer|envoyez|renvoyer|renvoyez|transmettre|transmettez|adresser|adressez|joindre|joignez|ajouter|ajoutez|mettre|mettez|repondre|repondez|parvenir|retourner|retournez|deposer|deposez|fournir
		send|reply|replying|answer|share|forward|upload|provide|attach|include|email|resend`)
	earlier = phrase.Of(`precedent|precedente|precedents|deja|dernier|derniere|hier|previous|earlier|last|already|yesterday`)
	noFile  = phrase.Of(`
		formats|limite|limites|limitee|limit|limits|limited|maximum
		don|didn|isn|wasn|haven|hasn|couldn|can|won|doesn t
		sans|aucune|aucun|pas|rien|jamais|manque|manquait|oublie|oubliee|oublier|absente|precedent|precedente|precedents|deja|dernier|derniere|illisible
		ouvrir|lire|recu|recue|recus|recues|recois|recevoir|vu|vue|vus|consulte|consultee|regarde|examine|etudie|transmis|transmise|transferee|transfere
		without|no|not|missing|forgot|forgotten|previous|earlier|last|already|received|couldn|unable|opened
		thank|thanks|merci you|for|pour _2 attachment|piece|pj|photo|photos|capture|document|fichier`)
	thanked = phrase.Of(`
		merci pour
		merci d|de nous|m? avoir
		merci beaucoup|bien|encore pour|d
		merci de l|la|votre|vos|cette|ces
		thank you for
		thanks for|again
		remercie|remercions pour|de|d`)
	ours = phrase.Of(`
		trouverez|trouver|trouve|joins|joignons|find
		vous l|les? avez en|dans|ci
		vous pouvez|pourrez ouvrir|imprimer|telecharger|consulter
		vous avez le|la|les|l|un|une|votre|tout|toutes|tous|notre|nos _4 en|ci|dans la? piece|pj|annexe|fichier|joint
		je|nous vous|te|t fais|faisons|envoie|envoyons|adresse|adressons|transmets|transmettons|mets|mettons
		je|nous|j vous|te|t? ai|avons mis|ajoute|envoye`)
	shows = phrase.Of(`
	est|sont a
	contient|contiennent|vous|explique|expliquent|montre|montrent|detaille|reprend|recapitule|indique|confirme|donne|precise|explains|explain|shows|show|contains|gives|lists|has|describes|tells`)
	// In another mail than this one.
	otherMail = phrase.Of(`
		prochain|autre|prochaine|separe|suivant mail|message|courriel|email|envoi|reponse
		mail|message|courriel|email separe|suivant|ulterieur
		next|another|separate|later|following e? mail|email|message|reply
		mail|message|courriel|email|reply|reponse du|de|of|from|le|on #
		envoye|envoyee|envoyes|envoyees|transmis|transmise|adresse|adressee|sent|emailed _6 le|on #
		mail|message|courriel|email|reply|reponse du|de|d|of|from hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|yesterday|monday|tuesday|wednesday|thursday|friday|confirmation
		enverrai|enverrons|joindrai|joindrons|transmettrai|transmettrons _9 demain|soir|lundi|mardi|mercredi|jeudi|vendredi|bientot|rapidement|des|lorsque|quand
		ll|will come|follow|arrive|receive|get _6 attached|attachment|attachments from
		recevrez|arrivera|arriveront|suivra|suivront|parviendra _9 en piece|pj
		i|we can|could|may|might|would|happy send|attach|email|include
		je|nous|j peux|pouvons|pourrais|pourrions|pourrai vous? l|le|la|les? envoyer|joindre|transmettre|mettre|adresser
		l|les|vous enverrai|enverrons|adresserai|adresserons|transmettrai|transmettrons|joindrai|joindrons
		ll|will get|receive|have _9 once|when|after
		ll|will send|attach _9 tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|soon|once|when|later
		mail|message|courriel que j|je|nous vous? ai|avons
		email|mail|message|reply we|i|my|our colleague? sent|wrote
		des|lorsque|once|when|sitot que? _5 j|nous|i|we ai|aurons|aurai|avons|have|get`)
	// In a parcel, an account or a page.
	elsewhere = phrase.Of(`
		a|au|aux|dans|avec|sur votre|le|la|les|l|un|une|chaque|son|sa|ce|cette|tout? prochain|prochaine|future|nouveau|nouvel|nouvelle? colis|paquet|commande|envoi|carton|livraison|boite|ecrin|pochette|emballage|enveloppe|bijou|bague|montre|collier|produit|article|coffret|panier|caisse|achat|sac|bouquet
		in|into|inside|to|with your|the|each|every next|new|replacement? parcel|package|box|packaging|basket|hamper|bouquet|delivery
		espace client|personnel
		votre compte
		your|the account|dashboard|website`)
	byLink = phrase.Of(`
		lien|liens|link|links|url|site|page|espace|compte|account|cliquez|click|dessous|below|rubrique|application|app`)
	belowPicture = phrase.Of(pictures + ` _4 below
		` + pictures + ` _4 ci dessous|apres`)
	messageWords = phrase.Words(`present presente courrier courriel message mail email e reponse reply note answer`)
	thisMail     = phrase.Words(`ce cet cette mon ma notre present presente courriel message mail email this my our reponse reply`)
)

// givesFile: somebody sends, or something comes.
var givesFile = phrase.Of(`
	j|je|nous vous|te? ajoute|ajoutons|fais|faisons|envoie|envoyons|adresse|transmets|mets|mettons|glisse|partage|livre|remets
	vous trouverez|recevez|avez|verrez
	i|we m|am|re|are|ve|have? _1 send|sending|sent|add|adding|added|include|including|included|put|share|sharing|popped
	comes|come|goes|you
	you ll|will|can find|see|get|have`)
