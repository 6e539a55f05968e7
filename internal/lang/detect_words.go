package lang

// words are the small words of each language, and those that customers of a
// shop use, all folded. A word listed for several languages counts for each of
// them, but less. They also teach the letter groups that tell unknown words.
var words = [languages]string{
	french: `le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
 je tu il elle on nous vous ils elles me te se lui moi toi eux y en qui que quoi dont ou quel quelle quels quelles lequel laquelle
 et mais donc car ni si comme quand lorsque puisque parce afin pour par avec sans sous sur dans chez vers entre depuis pendant avant apres jusqu
 ne pas plus jamais rien personne aucun aucune non oui tres trop peu beaucoup assez bien mal aussi encore toujours deja enfin alors ainsi
 est sont etait etaient sera serait suis es etes sommes ete etre ai as a ont avons avez avait avais aura aurait avoir eu
 fait faire faites faut peut peux pouvez pouvoir puis pourriez pourrait pourrais peuvent veux veut voulez vouloir voudrais voudrait souhaite souhaiterais aimerais
 dois doit devez devais devait devrait sais savoir savez va vais allez aller vient venir viens venez mis mettre dit dire dites voir vu vois
 bonjour bonsoir salut coucou merci cordialement madame monsieur svp stp plait bonne journee soiree cdt cdlt bisous
 colis commande commandes commander livraison livrer livre livree livreur retour retours renvoyer remboursement rembourser rembourse remboursee
 facture echange echanger article articles produit taille bague collier bracelet bijou bijoux boucles oreilles chaine argent couleur cadeau
 recu recue recois recevoir recevrai attends attendre attente arrive arrivee arrivera arriver envoi envoye envoyee envoyer envoyez expedie expedition expediee
 casse cassee abime abimee defectueux manque manquant perdu perdue erreur probleme souci reclamation garantie service client
 suivi numero adresse telephone appeler rappeler repondre reponse nouvelles nouvelle date jour jours semaine semaines mois heure heures demain hier aujourd hui
 annuler annulation modifier changer acheter achete achetee achat payer paye paiement carte bancaire prix promo code compte site internet boutique magasin
 toute tout tous toutes autre autres meme chose rendez temps fois lundi mardi mercredi jeudi vendredi samedi dimanche
 possible besoin aide aider svp urgent vite rapidement dispo disponible combien comment pourquoi quand ou
 c j d l n m s t qu aujourdhui ca cela ceci celui celle voici voila ici la-bas est-ce pouvons car delai delais retard anniversaire mariage noel
 toujours fonctionne marche ouvert ouverte ferme fermee mauvais mauvaise bon bonne petit petite grand grande trompe fille femme mari mere
 comprends explication justificatif confirmation confirmer informer information renseignement attendant desolee desole parfait super genial dommage honteux inadmissible scandaleux
 bcp pb rdv qd pk tjs jai jattends cest quil sil nai ya colissimo chronopost mondial relais etsy reste doree argente pierre fermoir`,
	english: `the a an of to in on at by for with from about into over after before under between without through since until during against
 i you he she it we they me him her us them my your his its our their mine yours this that these those who whom whose which what where when why how
 and but or so because if then than as while though although however therefore not no never nothing nobody none yes very too also just only even still already yet again
 is are was were be been being am isn aren wasn weren have has had having haven hasn hadn do does did doing don doesn didn done
 will would shall should can could may might must won wouldn shouldn couldn cannot ll ve re d s t m got get gets getting
 hello hi hey dear thanks thank please regards sincerely kind best cheers morning afternoon evening sorry
 order orders ordered parcel package delivery deliver delivered shipping ship shipped shipment refund refunded return returned returns exchange
 invoice receipt item items product products size ring necklace bracelet earrings chain silver gold jewel jewelry jewellery colour color gift
 receive received receiving arrive arrived arriving arrives waiting wait send sent sending tracking track number address phone call called reply answer email
 broken damaged faulty missing wrong lost mistake problem issue complaint warranty customer service support team
 news update updates any anyone anything some something someone every everything much many more most less few all both each other another same
 day days week weeks month months year today yesterday tomorrow tonight now soon late later time date monday tuesday wednesday thursday friday saturday sunday
 cancel cancelled change buy bought paid pay payment card bank price discount account website shop store online
 need want like know think see look looking tell told say said make made take took give gave find found let help ask asked try tried use used work works working
 good great perfect nice new old first last next long still here there up down out off back way thing things people wife husband daughter mother birthday wedding christmas
 possible available available able how when where what could would confirm confirmation information expecting expected supposed opened
 can i ve im dont cant didnt havent whats thx pls asap unacceptable disappointed appreciate appreciated fit fits too small big large love lovely happy stone clasp
 question money original post posted courier customs charged twice instead which policy hear heard keep happened happen`,
	german: `der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber denn weil dass wenn als ob wie wo wer was wann warum welche welcher
 ich du er sie es wir ihr mich mir dich dir ihm ihn uns euch ihnen mein meine meinen meiner dein sein seine unser unsere ihre ihren ihrem
 ist sind war waren bin bist sein gewesen hat habe haben hatte hatten hast wird werden wurde wurden kann konnen konnte konnten muss mussen soll sollte will wollen mochte mag darf
 nicht kein nur noch schon auch sehr mehr immer wieder hier da dort dann jetzt heute gestern morgen bitte danke vielen dank gruss grusse freundlichen hallo guten tag liebe lieber sehr geehrte
 mit von zu zum zur bei nach aus auf an am im in fur uber unter vor seit bis durch gegen ohne um beim vom
 bestellung bestellt paket lieferung geliefert versand ruckgabe zuruck geld erstattung rechnung grosse ring kette bekommen erhalten warte leider defekt kaputt nummer antwort umtausch
 lange woche wochen tage geht gibt habt bestellen ware kunde kundenservice falsch falsche fehlt angekommen zuruckschicken`,
	spanish: `el la los las un una unos unas lo al del de en con por para sin sobre entre hasta desde hacia segun y e o u pero porque que quien cual cuando donde como cuanto si no ni
 yo tu usted el ella nosotros vosotros ustedes ellos ellas me te se nos os le les mi mis su sus nuestro nuestra vuestro este esta esto ese esa eso aquel estos estas
 es son era fue ser sido estar esta estoy estan estaba he has ha hemos han habia hay tengo tiene tienen tenia hacer hago hace puedo puede pueden podria quiero quiere quisiera
 muy mas menos tambien ya todavia aun siempre nunca nada algo alguien todo todos cada otro otra mismo bien mal aqui ahora hoy ayer manana gracias hola buenos buenas dias tardes noches saludos favor
 pedido paquete envio enviado enviar recibido recibir devolucion devolver reembolso factura talla anillo collar pulsera llegado llegar llega espero esperando numero roto problema cambio dinero
 dos tres semanas dias cliente respuesta direccion compra comprado tienda`,
	italian: `il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle dal dalla nel nella nei nelle sul sulla e ed o ma perche che chi cui quale quando dove come quanto se non ne
 io tu lui lei noi voi loro mi ti si ci vi mio mia miei mie tuo tua suo sua nostro nostra vostro vostra questo questa questi queste quello quella
 e sono sei siamo siete era erano essere stato stata ho hai ha abbiamo avete hanno aveva avere fare faccio fatto posso puo potete potrei potrebbe vorrei voglio vuole devo deve
 molto piu meno anche gia ancora sempre mai niente nulla qualcosa tutto tutti ogni altro altra stesso bene male qui adesso ora oggi ieri domani grazie ciao buongiorno buonasera salve saluti cordiali prego favore
 ordine pacco spedizione spedito ricevuto ricevere reso rimborso fattura taglia anello collana bracciale arrivato arriva aspetto aspettando numero rotto problema cambio soldi
 giorni settimane cliente risposta indirizzo acquistato negozio`,
	dutch: `de het een en of maar want omdat dat die dit deze wat wie waar wanneer waarom hoe welke als dan ook nog al niet geen wel zeer heel erg meer
 ik jij je u hij zij ze wij we jullie mij me jou hem haar ons hen hun mijn jouw uw zijn onze
 is ben bent zijn was waren geweest heb hebt heeft hebben had hadden word wordt worden werd kan kunt kunnen kon moet moeten wil willen zou zouden mag zal zullen ga gaat gaan
 van in op met voor aan bij naar uit door over onder tegen zonder tot sinds om te er hier daar nu vandaag gisteren morgen altijd nooit iets niets alles bedankt dank groet groeten vriendelijke hallo goedemorgen goedemiddag goedenavond beste graag alstublieft alsjeblieft
 bestelling besteld pakket pakje levering geleverd verzonden retour terug geld terugbetaling factuur maat ring ketting armband ontvangen aangekomen wacht nummer kapot klant antwoord ruilen
 dagen weken verkeerde probleem bericht gekregen sturen gestuurd`,
	portuguese: `o a os as um uma uns umas de do da dos das em no na nos nas num numa ao aos pelo pela com por para sem sobre entre ate desde e ou mas porque que quem qual quando onde como quanto se nao nem
 eu tu voce ele ela nos voces eles elas me te lhe meu minha meus minhas teu seu sua seus suas nosso nossa este esta isto esse essa isso aquele
 sou e sao era foi ser sido estar esta estou estao estava tenho tem temos tinha ter fazer faco fez posso pode podem poderia quero quer gostaria queria
 muito muita mais menos tambem ja ainda sempre nunca nada algo alguem tudo todos cada outro outra mesmo bem mal aqui agora hoje ontem amanha obrigado obrigada ola bom boa dia tarde noite cumprimentos favor
 encomenda pedido pacote envio enviado enviar recebi recebido receber devolucao devolver reembolso fatura tamanho anel colar pulseira chegou chegar espero esperando numero partido quebrado problema troca dinheiro
 dias semanas cliente resposta endereco morada comprei compra loja`,
}
