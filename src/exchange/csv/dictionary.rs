//! The words of headers, in the languages in which programs write them.
//!
//! Sources: the exports of LinkedIn, Google, Outlook, Windows Live Mail, Yahoo, Mailchimp, HubSpot, Salesforce, Pipedrive and Zoho; the
//! translations of Thunderbird, KAddressBook and Outlook; the headers that Roundcube knows; and the headers that people write.
//!
//! A header is looked up without its numbers, blanks, signs, accents and case, then without the words for places, orders and fillers.
//! So `E-Mail (privat)` is `email` at home, and a phrase stands here once.

use super::role::{Place, PostalPart, Role};
use crate::domain::Field;

pub(super) const PHRASES: [(Role, &str); 35] = [
    // `contact` may be left away, but not here: the rest would be a name.
    (
        Role::Unknown,
        "last contact, first contact, letzter kontakt, erster kontakt, dernier contact, premier contact, último contacto, \
         primer contacto, ultimo contatto, primo contatto, último contato, primeiro contato, laatste contact, eerste contact, \
         senaste kontakt, ostatni kontakt, последний контакт",
    ),
    (
        Role::Field(Field::Name),
        "name, full name, display name, formatted name, contact, contact name, contact person, person, who, ansprechpartner, ansprechpartnerin, ansprechperson, kontaktperson, \
         persona de contacto, persona di contatto, pessoa de contato, contactpersoon, osoba kontaktowa, контактное лицо, names, first and last name, \
         vollständiger name, anzeigename, formatierter name, vor und nachname, nom complet, nom à afficher, nom formaté, \
         nom et prénom, nom prénom, prénom nom, nombre completo, nombre mostrado, nombre formateado, nombre y apellidos, \
         nome completo, nome visualizzato, nome formattato, nome e cognome, nome de exibição, nome exibido, nome formatado, \
         nome e sobrenome, mostrar nome, naam, volledige naam, weergavenaam, opgemaakte naam, namn, fullständigt namn, \
         formaterat namn, visningsnamn, navn, fullt navn, vis navn, visningsnavn, imię i nazwisko, wyświetlana nazwa, \
         sformatowana nazwa, фио, имя и фамилия, полное имя, отображаемое имя, nimi, koko nimi, näyttönimi, jméno a příjmení, \
         zobrazované jméno, név, teljes név, nume complet, ad soyad, adı soyadı, görüntülenecek ad, ονοματεπώνυμο, 氏名, 名前, \
         お名前, 姓名, 全名, 이름, 성명",
    ),
    (
        Role::Given,
        "first name, first, name first, name first name, given, given name, given names, forename, fname, f name, vorname, vornamen, prénom, prénoms, nombre, nombres, \
         nombre de pila, primer nombre, nome, primeiro nome, nome próprio, voornaam, förnamn, tilltalsnamn, fornavn, imię, имя, \
         etunimi, jméno, křestní jméno, keresztnév, utónév, prenume, adı, όνομα, 名, 名字",
    ),
    (
        Role::Middle,
        "middle name, middle names, middle, middle initial, additional name, additional names, patronymic, weitere vornamen, \
         zweiter vorname, zusätzliche namen, deuxième prénom, autres prénoms, noms additionnels, segundo nombre, \
         nombres adicionales, secondo nome, altri nomi, nome do meio, segundo nome, nomes adicionais, middelste naam, \
         tussenvoegsel, extra namen, mellannamn, andra namn, mellomnavn, mellemnavn, drugie imię, dodatkowe imiona, отчество, \
         дополнительные имена",
    ),
    (
        Role::Family,
        "last name, last names, last, name last, name last name, family name, family names, surname, lname, l name, nachname, nachnamen, familienname, \
         zuname, nom, nom de famille, apellido, apellidos, primer apellido, segundo apellido, apellido paterno, apellido materno, \
         cognome, sobrenome, último nome, achternaam, familienaam, efternamn, etternavn, efternavn, nazwisko, фамилия, sukunimi, \
         příjmení, vezetéknév, családnév, nume, nume de familie, soyadı, soyad, επώνυμο, 姓, 苗字",
    ),
    (
        Role::Suffix,
        "suffix, name suffix, suffixe, sufijo, sufixo, suffisso, titolo straniero, achtervoegsel, namenszusatz, \
         honorific suffixes, titel abk nach name, suffixes honorifiques, sufijos honoríficos, suffissi onorifici, \
         sufixos honoríficos, titel achtervoegsels, efterföljande titlar, \
         tytuły przyrostki, почтительное обращение в конце",
    ),
    (
        Role::FormOfAddress,
        "prefix, name prefix, salutation, honorific prefix, honorific prefixes, anrede, titel abk vor name, civilité, \
         préfixes honorifiques, tratamiento, prefijos honoríficos, prefissi onorifici, tratamento, prefixos honoríficos, aanhef, \
         titel voorvoegsel, inledande titlar, tytuły przedrostki, обращение, почтительное обращение в начале",
    ),
    (
        Role::Field(Field::Aka),
        "nickname, nick, nick name, preferred name, known as, call name, aka, alias, spitzname, surnom, pseudonyme, apodo, soprannome, alcunha, bijnaam, roepnaam, \
         smeknamn, kallenavn, przydomek, pseudonim, псевдоним, ник, lempinimi, přezdívka, becenév, takma adı",
    ),
    (Role::Apelido, "apelido"),
    (
        Role::Title,
        "title, titel, titre, título, titolo, tytuł, titul, tittel",
    ),
    (
        Role::Field(Field::Title),
        "job title, job, position, job position, organization title, organisation title, arbeitstitel, stellung, poste, cargo, \
         puesto, puesto de trabajo, qualifica, posizione, mansione, functie, werkfunctie, befattning, stilling, jobbtittel, \
         jobtitel, stanowisko, должность, \
         ammattinimi, tehtävänimike, pozice, funkce, beosztás, iş unvanı, 役職, 职位, 职务, 직책, 직위",
    ),
    (
        Role::Profession,
        "role, job role, profession, occupation, rolle, funktion, fonction, rôle, papel, ruolo, função, roll, rola, роль, beruf, profesión, professione, profissão, beroep, yrke, zawód, профессия",
    ),
    (
        Role::Field(Field::Company),
        "company, company name, organization, organisation, organization name, organisation name, account name, company account, \
         associated company, employer, firm, business name, firma, firmenname, unternehmen, arbeitgeber, société, \
         nom de la société, entreprise, organisme, entité, empresa, nombre de la empresa, compañía, organización, organisación, \
         azienda, società, ditta, organizzazione, organização, bedrijf, bedrijfsnaam, organisatie, företag, företagsnamn, bolag, \
         organisasjon, virksomhed, firmanavn, organizacja, firma organizacja, nazwa firmy, организация, компания, yritys, \
         järjestö, společnost, cég, companie, kurum, şirket, εταιρεία, 会社, 会社名, 公司, 单位, 회사",
    ),
    (
        Role::Field(Field::Email),
        "email, emails, mail, mails, email address, email addresses, email value, email id, emailadresse, mailadresse, \
         adresse email, adresse mail, adresse de messagerie, adresse de courrier, adresse de courrier électronique, \
         adresse électronique, courriel, mel, correo, correo electrónico, dirección de correo, dirección de correo electrónico, \
         dirección del correo electrónico, dirección email, indirizzo email, indirizzo mail, indirizzo di posta elettronica, \
         posta elettronica, posta el, endereço de email, endereço eletrônico, correio eletrônico, correio electrónico, \
         emailadres, mailadres, epost, epostadress, epostadresse, mailadresse, adres email, adres mail, poczta, \
         poczta elektroniczna, почта, эл почта, эл почта адрес, электронная почта, адрес эл почты, адрес электронной почты, sähköposti, \
         sähköpostiosoite, emailová adresa, email cím, adresă de email, eposta, メール, メールアドレス, 电子邮件, 邮箱, \
         电子邮箱, 이메일, gmail",
    ),
    (
        Role::Field(Field::Phone),
        "phone, phones, phone value, telephone, tel, mobile, mobile phone, cell, cell phone, cellular, iphone, landline, telefon, \
         rufnummer, festnetz, handy, mobil, mobiltelefon, mobiltel, mobilfunk, mobil tel, téléphone, portable, tél mobile, fixe, \
         gsm, natel, teléfono, móvil, celular, cellulare, telefone, fone, telemóvel, telefoon, mobiel, telefonnr, mobilnr, \
         komórka, телефон, мобильный, мобильного, сотовый, сотового, puhelin, matkapuhelin, telefonszám, τηλέφωνο, κινητό, 電話, \
         電話番号, 携帯, 携帯電話, 电话, 手机, 手机号, 전화, 전화번호, 휴대폰",
    ),
    (
        Role::Field(Field::Links),
        "url, urls, link, links, website, websites, website value, website url, website home page, web site, web page, web, \
         web address, homepage, personal web page, company website, company web site, company url, blog, website blog, website profile, www, profile, profile url, webseite, \
         internetseite, internetadresse, site, site web, site internet, page web, page personnelle, page d'accueil, página web, \
         sito, sito web, sito internet, pagina web, webpagina, webbplats, webbsida, hemsida, nettside, webside, hjemmeside, \
         strona www, strona internetowa, strona domowa, strona sieci web, веб страница, веб сайт, сайт, verkkosivu, kotisivu, \
         webová stránka, weboldal, web sayfası, ホームページ, 网站, 웹사이트",
    ),
    (
        Role::Social,
        "linkedin, linkedin url, linkedin profile, linkedin profile url, twitter, facebook, instagram, github, gitlab, xing, \
         mastodon, bluesky, youtube, tiktok, twitter username, twitter handle, facebook url, twitter url, instagram url, \
         github url, xing url",
    ),
    (
        Role::Field(Field::Birthday),
        "birthday, birth date, birthdate, date of birth, dob, bday, geburtstag, geburtsdatum, geb datum, date de naissance, \
         date d'anniversaire, cumpleaños, fecha de nacimiento, compleanno, data di nascita, data de nascimento, verjaardag, \
         geboortedatum, födelsedag, födelsedatum, fødselsdag, fødselsdato, urodziny, data urodzenia, день рождения, \
         дата рождения, syntymäpäivä, syntymäaika, datum narození, narozeniny, születésnap, születési dátum, data nașterii, \
         doğum günü, doğum tarihi, 生年月日, 誕生日, 生日, 생일, 생년월일",
    ),
    (Role::Anniversaire, "anniversaire, aniversário"),
    (
        Role::Anniversary,
        "anniversary, wedding anniversary, wedding day, jahrestag, hochzeitstag, aniversario de boda, anniversario, \
         anniversaire de mariage, anniversaire de mariage ou fête, trouwdag, årsdag, rocznica, годовщина",
    ),
    (
        Role::Born(0),
        "birth year, year of birth, birthday year, geburtsjahr, année de naissance, año de nacimiento, anno di nascita, \
         ano de nascimento, geboortejaar, född år, födelseår, fødselsår, urodziny rok, rok urodzenia, год рождения, syntymävuosi, \
         rok narození, doğum yılı",
    ),
    (
        Role::Born(1),
        "birth month, month of birth, birthday month, geburtsmonat, mois de naissance, mes de nacimiento, mese di nascita, \
         mês de nascimento, geboortemaand, född månad, födelsemånad, fødselsmåned, urodziny miesiąc, miesiąc urodzenia, \
         месяц рождения, syntymäkuukausi, měsíc narození, doğum ayı",
    ),
    (
        Role::Born(2),
        "birth day, day of birth, birthday day, jour de naissance, día de nacimiento, giorno di nascita, dia de nascimento, \
         geboortedag, född dag, urodziny dzień, dzień urodzenia, den narození",
    ),
    (
        Role::BesideBorn(1),
        "month, mois, monat, mes, mese, mês, maand, månad, miesiąc, месяц",
    ),
    (
        Role::BesideBorn(2),
        "day, jour, día, giorno, dia, dag, dzień, день",
    ),
    (
        Role::Field(Field::Tags),
        "labels, label, tags, tag, categories, category, groups, group, group membership, keywords, kategorien, kategorie, gruppen, \
         gruppe, stichworte, stichwörter, schlagworte, schlagwörter, catégories, catégorie, groupes, groupe, mots clés, \
         étiquettes, categorías, categoría, grupos, grupo, etiquetas, palabras clave, categorie, categoria, gruppi, gruppo, \
         etichette, parole chiave, categorias, marcadores, categorieën, groepen, groep, trefwoorden, kategorier, kategori, \
         grupper, grupp, grupy, grupa, категории, категория, группы, группа, метки, ryhmät, skupiny, 标签, 分组",
    ),
    (Role::Field(Field::Met), "met, how we met"),
    (Role::Connected, "connected on"),
    (
        Role::Field(Field::Notes),
        "notes, note, comments, comment, remarks, remark, description, memo, info, bio, notizen, notiz, bemerkungen, bemerkung, \
         anmerkungen, anmerkung, kommentar, kommentare, beschreibung, remarques, remarque, commentaires, commentaire, notas, \
         nota, anotaciones, anotações, observaciones, comentarios, descripción, annotazioni, commenti, descrizione, observações, observação, comentários, \
         descrição, informações, notities, notitie, aantekeningen, opmerkingen, opmerking, beschrijving, anteckningar, anteckning, \
         anmärkning, kommentarer, notater, notat, merknader, notatki, notatka, uwagi, uwaga, opis, заметки, заметка, примечания, \
         примечание, комментарий, описание, muistiinpanot, poznámky, poznámka, megjegyzés, notlar, 备注, 備考, メモ, 메모",
    ),
    (
        Role::Postal(Place::NONE, PostalPart::Street),
        "street, street address, address, addresses, address line, address address, postal address, mailing address, po box, post office box, \
         extended address, skrytka pocztowa, caixa correio, postboxadress, а я, strasse, straße und hausnummer, hausnummer, anschrift, adresse, postanschrift, postfach, rue, \
         boîte postale, calle, dirección, domicilio, apartado de correos, via, indirizzo, casella postale, rua, endereço, morada, \
         caixa postal, straat, adres, postbus, postbusnummer, gatuadress, gata, adress, ulica, улица, адрес, osoite, adresa, \
         ulice, cím, lakcím, adresi, διεύθυνση, 住所, 地址, 주소",
    ),
    (
        Role::Postal(Place::NONE, PostalPart::City),
        "city, town, locality, location, ort, stadt, wohnort, ville, commune, ciudad, localidad, población, città, comune, \
         località, cidade, localidade, naturalidade, local, plaats, woonplaats, stad, locatie, stadsadress, postort, poststed, \
         hjemmeby, arbejdsby, miasto, miejscowość, город, kaupunki, kotikaupunki, postitoimipaikka, město, város, oraș, şehir, \
         şehri, πόλη, 城市, 도시",
    ),
    (
        Role::Postal(Place::NONE, PostalPart::Region),
        "state, region, county, province, state province, state region, bundesland, kanton, staat, état, pays état, dép région, \
         département région, provincia, estado, estado provincia, provincia o estado, provincia stato, stato, provincie, län, \
         landsdel stat, landsdel, stat, regio, województwo, prowincja, stan, província, distrito, регион, область, край, lääni, \
         bölgesi, 省",
    ),
    (
        Role::Postal(Place::NONE, PostalPart::Code),
        "postal code, post code, postcode, zip, zip code, zipcode, zip postal code, postal zip code, pin code, plz, postleitzahl, \
         code postal, código postal, cp, cap, codice postale, cep, postnummer, postnr, kod pocztowy, почтовый индекс, индекс, \
         почтовый код, postinumero, psč, irányítószám, cod poștal, posta kodu, 郵便番号, 邮编, 우편번호",
    ),
    (
        Role::Postal(Place::NONE, PostalPart::Country),
        "country, country region, nation, land, land region, pays, pays région, país, país o región, país región, región país, \
         paese, nazione, nazione regione, paese area geografica, região país, país região, nacionalidade, land regio, landsadress, \
         kraj, kraj region, państwo, страна, страна регион, страна или регион, maa, kotimaa, země, ország, țară, ülke, ülkesi, \
         χώρα, 国, 国家, 국가",
    ),
    (
        Role::Extra,
        "company main phone, telex, callback, rückmeldung, rappel, richiamata automatica, terugbellen, busca, isdn, tty tdd phone, hobby, schools, \
         office location, office, referred by, department, dept, organization department, imaddress, im, instant messenger, \
         messenger, messenger id, screen name, maiden name, distribution lists, abteilung, service, département, departamento, \
         reparto, dipartimento, setor, afdeling, avdelning, avdeling, dział, oddział, отдел, osasto, oddělení, bölüm, messenger name, \
         nom de l'écran, \
         nombre en pantalla, nome de tela, nome a mostrar, skærmnavn, ekran adı, hakulaitteen numero, schermnaam, skärmnamn, skjermnavn, komunikator aim",
    ),
];

/// Words that say which of several: the place, as the notes name it, and the words for it.
pub(super) const PLACES: [(Place, &str); 8] = [
    (
        Place::named("home", "home"),
        "home house personal private privat private privatadresse personnel personnelle privée privé perso domicile particular \
         domicilio casa residencia residenza residência residencial pessoal abitazione ab thuis privé huis hem hemma hjem hjemme \
         dom domowy domowa domowego domu дом домашний koti kodin residential vive vives ev domů",
    ),
    (
        Place::named("work", "business"),
        "business geschäftlich geschaeftlich geschäfts",
    ),
    (
        Place::named("work", "work"),
        "work office job dienstlich dienst arbeit beruflich büro firmen bureau professionnel professionnelle pro travail trabajo \
         trabajas oficina lavoro ufficio uff comercial trabalho profissional escritório werk zakelijk kantoor arbete jobb arbets \
         arbeid arbeids arbejde arbejds praca pracy służbowy służbowego biuro biurowy раб рабочий рабочая служебный työ työpaikan iş \
         zaměstnání corporate",
    ),
    (
        Place::named("other", "other"),
        "other weitere weiterer weiteres weiteren sonstige sonstiges andere anderer anderes autre otro otra altro altra outro \
         outra ander anders annan annat övrig inny inne другой alternate alternative",
    ),
    (Place::named("mailing", "mailing"), "mailing"),
    (Place::named("billing", "billing"), "billing invoice"),
    (Place::named("shipping", "shipping"), "shipping delivery"),
    (
        Place::NONE,
        "default primary secondary main preferred additional second third tweede derde zweite dritte deuxième troisième segundo segunda \
         tercero tercera terzo terza terceiro terceira tredje drugi druga второй вторая дополнительный дополнительная primär primäre sekundär sekundäre bevorzugt principal principale \
         secondaire préférée préféré secundaria secundario preferido preferida primaria primario secondaria secondario preferito \
         primário secundário preferencial primair secundair voorkeur primær sekundær ytterligare föredragen podstawowy dodatkowy \
         preferowany альтернативный основной ensisijainen toissijainen první druhý birinci ikinci nd rd st number nummer nr no num \
         número numéro numer номер numero value s d l n r e o a of the de del della dell di da do das dos du des van la le el los las \
         op в на w dla für und y et i или line rad zeile ligne linea línea linha donde actual tu lieu contact person customer client \
         lead member subscriber",
    ),
];

/// Parts of words written as one that are places, in front of the rest.
pub(super) const PREFIXES: &str = "home work business privat geschäfts firmen dienst werk huis hem arbets hjemme arbejds arbeids koti työ";

/// The same at the end, without a meaning.
pub(super) const SUFFIXES: &str = "nummer number numero nr";

/// Whose name or address it is: the person of the row.
pub(super) const SUBJECTS: &str = "student employee participant applicant candidate donor billing contact person customer client lead member subscriber attendee guest recipient primary main your kontakt kontakta \
    contacto contatto contato kunde kunden klient kund контакт клиент";

/// Words for an address as a whole, beside a word for a part of it.
pub(super) const ADDRESS: &str = "address adresse dirección indirizzo endereço adres adress адрес adresu osoite adresa local privatadresse";

/// Words for a phone number, alone or at the end of a word.
pub(super) const PHONES: &str =
    "phone telephone telefon telefono telefone telefoon telefonu telefoni tel fone puhelin телефон";

/// Words that make a column say something about something else than it seems.
pub(super) const ABOUT: &str =
    "ext extension type typ tipo label status verified opt time date id country consent source";

/// People who are someone else.
pub(super) const OTHERS: &str = "assistant assistants assistente assistent assistenten asistente asystent asystenta asst секретарь \
    spouse partner partners wife husband ehepartner conjoint cónyuge coniuge echtgenoot echtgeno make małżonek małżonka супруг esposo esposa cônjuge manager managers \
    responsable gestor gerente kierownik chef supervisor boss reports reporting emergency parent mother father child children \
    kinder enfants hijos figli kinderen sibling brother sister friend relative referrer";

/// Services whose addresses go to the notes.
pub(super) const MESSENGERS: &str = "whats skype icq aim msn jabber xmpp whatsapp telegram signal wechat viber qq matrix discord slack \
    messenger imaddress im threema";

/// Columns that a program numbers for its user to fill.
pub(super) const NUMBERED: &str = "custom, custom field, user, user field, benutzerdef, benutzer, divers, utilisateur, personalizado, \
    usuario, personalizzato, utente, overig, gebruiker, annan uppgift, informacja, прочее, vlastní, oma, tilpasset, brugerdef, özel";

/// Words for a name in headers that are not known.
pub(super) const NAMES: &str = "name names fname lname namn navn naam nom prenom nombre nome apellido imie nazwisko nazwa имя фамилия \
    nimi jmeno nev vorname nachname surname";

/// Words of headers that name something other than the contact.
pub(super) const NOT_NAMES: &str = "mail email user username login company organization account owner created modified updated by file \
    domain event campaign list host server project product school university bank department status stage source type \
    gender sex geschlecht sexe sexo genero language languages sprache langue idioma lingua initials initialen private privat \
    priority sensitivity timezone zone time tz currency industry branche rating lifecycle segment country city \
    region member id photo picture image subject hobby interests car boat pet color colour size key active verified consent \
    billing directory mileage government location keyword opt lead deal owner team stage nationality religion marital education \
    drink food meal dish menu diet dietary allergy allergies table seat ticket shirt shoe room floor building shift course class grade \
    level season brand model answer question choice vote option";

/// What stands before the value, in columns that come in pairs.
pub(super) const VALUES: &str = "value wert valor valeur valore waarde värde wartość значение";
pub(super) const LABELS: &str = "label type service typ tipo etiqueta etichetta libellé bezeichnung soort etykieta etikett метка тип";

/// Forms of address, as a title that is no job.
pub(super) const FORMS: &str = "dr mr mrs ms miss mx prof professor sir madam rev hon herr frau hr fr dipl ing mag m mme mlle sr sra srta \
    dña don doña sig sigra signor signora dott dottssa avv dhr mevr mw drs ir pan pani г н жа eng dra";
