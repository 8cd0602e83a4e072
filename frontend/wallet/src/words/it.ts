/** The wallet's sentences in Italian. */
import type { Purpose } from "../knock";
import type { Sentences } from "./en";
import type { Formats } from "./formats";

export function it({ number, date, enumeration }: Formats): Sentences {
  const purposes: Record<Purpose, string> = {
    member: "per l'ingresso: la prima volta, per un nuovo periodo o dopo aver perso una passkey",
    case: "per un messaggio senza il suo pseudonimo",
    quota: "per contare i messaggi di oggi senza pseudonimo, così che nessuno sommerga gli altri",
  };
  return {
    page: {
      title: "Portafoglio",
      who: "Il suo segreto resta in questo browser",
      everyone: "Tutti i medici verificati",
    },
    common: {
      back: "Indietro",
      tryAgain: "Riprova",
      start: "All'inizio del portafoglio",
      passkey: "Usa la mia passkey",
      words: "Usa le mie parole",
      backTo: (host) => `Torna a ${host}`,
      working: "Un momento",
    },
    home: {
      heading: "Il suo portafoglio",
      lede: "Il suo segreto nasce e si usa in questa pagina. Non viene inviato a nessuno e nessun server lo conserva.",
      why: [
        "L'elenco dei medici sa chi è lei. La comunità sa che cosa scrive. Il portafoglio sta in mezzo: prova alla comunità che lei è uno dei medici verificati, senza dire quale.",
        "Di solito si parte dagli altri siti: l'elenco chiede il suo impegno, la comunità chiede una prova. Qui può creare il segreto in anticipo, o controllare di averlo ancora.",
      ],
      make: "Crea un segreto",
      checkPasskey: "Controlla la mia passkey",
      checkWords: "Controlla le mie parole",
    },
    checked: {
      heading: "Il suo segreto funziona",
      text: "Dà l'impegno qui sotto. L'elenco mostra le stesse cifre accanto alla sua abilitazione, una volta consegnato.",
      done: "Fatto",
    },
    make: {
      heading: "Crei il suo segreto",
      lede: "È il segreto a renderla uno dei medici verificati nella comunità, e ogni volta lo stesso membro.",
      passkey: "Con una passkey, questo dispositivo (o l'account che conserva le sue passkey) ricrea il segreto ogni volta che serve. Si conferma due volte, per confrontare i due risultati.",
      deleting: "Eliminare più tardi la passkey elimina questa via al segreto. Le 24 parole vengono mostrate in ogni caso: sono la via del ritorno.",
      words: "Senza passkey, si scrivono le 24 parole ogni volta.",
      choosePasskey: "Crealo con una passkey",
      chooseWords: "Solo parole",
      passkeyName: (today) => `Portafoglio Curbside, ${today}`,
    },
    passkey: {
      waiting: "In attesa della passkey",
      waitingText: "Il browser le chiede di confermare, due volte.",
      againHeading: "Ancora una volta, per confrontare",
      againText: "Il segreto si usa solo dopo che la passkey ha dato due volte lo stesso risultato. La seconda volta non c'è ancora stata.",
      again: "Conferma ancora una volta",
    },
    words: {
      heading: "Scriva queste 24 parole",
      lede: "Queste parole sono il suo segreto. Chi le ha può essere lei nella comunità; senza di esse e senza la passkey, la sua iscrizione non si può riaprire.",
      advice: "Su carta, in quest'ordine. Una fotografia o una nota in un account possono essere lette da altri.",
      list: "Le sue 24 parole",
      written: "Le ho scritte",
      quizHeading: "Tre parole di ritorno",
      quizText: "Guardi il foglio e scriva queste tre.",
      quizLabel: (position) => `Parola ${position}`,
      quizWrong: (positions) =>
        positions.length === 1
          ? `La parola ${positions.join()} è un'altra. Guardi di nuovo il foglio.`
          : `Le parole ${enumeration(positions.map(String))} sono altre. Guardi di nuovo il foglio.`,
      check: "Controlla",
      showAgain: "Mostra di nuovo le parole",
      typeHeading: "Scriva le sue 24 parole",
      typeText: "Maiuscole, virgole, numeri e a capo non contano. L'ordine sì.",
      typeLabel: "Le sue parole",
      typeDone: "Usa queste parole",
      problem: (problem) => {
        if (problem.kind === "unknown") return `La parola ${problem.position}, «${problem.word}», non è nell'elenco delle parole. È scritta come l'ha annotata?`;
        if (problem.kind === "count") return `Sono ${problem.count} parole; il segreto ne ha 24.`;
        return "Tutte le parole sono nell'elenco, ma insieme non formano un segreto: una è sbagliata o due si sono scambiate di posto.";
      },
    },
    made: {
      heading: "Il suo segreto è pronto",
      text: "Nulla ne resta in questa pagina. Quando l'elenco chiederà il suo impegno, torni qui con la passkey o con le parole.",
      done: "Fatto",
    },
    commit: {
      heading: "Consegnare l'impegno",
      lede: (host) => `${host} chiede la metà pubblica del suo segreto, per metterla nel suo elenco dei medici verificati.`,
      handed: "Che cosa viene consegnato",
      handedItems: (host) => [`Il suo impegno, un numero. ${host} lo conserva accanto alla sua abilitazione e lo pubblica nei suoi elenchi senza il suo nome.`],
      kept: "Che cosa no",
      keptItems: ["Il segreto e le sue parole.", "La passkey di questo portafoglio.", "Nulla che mostri che cosa scriverà, o con quale pseudonimo."],
      once: "Un'abilitazione ha un solo impegno. Chi ne ha già consegnato uno e ha perso il segreto aspetta che finisca il periodo della vecchia iscrizione.",
      make: "Crea un nuovo segreto",
      readyHeading: "Il suo impegno",
      readyText: "Questo numero viene con lei all'elenco, nell'indirizzo della pagina che si apre.",
      hand: (host) => `Consegnalo a ${host}`,
    },
    prove: {
      heading: "Provi la sua verifica",
      lede: (host, purpose) => `${host} chiede una prova, ${purposes[purpose]}.`,
      loading: "Ricerca dell'ultima edizione degli elenchi.",
      shown: "Che cosa mostra",
      everyone: (size) => [number(size), " medici verificati, lei tra loro"],
      crowd: (size, everyone) => [number(size), ` dei ${number(everyone)} medici verificati`],
      source: (registrar, edition, iso) => `Verifica di ${registrar}, edizione ${edition} del ${date(iso)}`,
      narrowing: "Mostrati insieme, i distintivi restringono la folla: restano solo coloro che sono in tutti questi elenchi, e possono essere molti meno del numero più piccolo qui sopra.",
      handed: "Che cosa viene consegnato",
      handedItems: (host, purpose, badges, day) => [
        badges > 1 ? `${badges} prove che lei è in questi elenchi, una per distintivo, non quale voce sia la sua.` : "Una prova che lei è in questo elenco, non quale voce sia la sua.",
        purpose === "case"
          ? `Un numero che la rappresenta in questo solo messaggio su ${host}, e in nessun altro posto (il nullifier). Con esso può rispondere, modificare e togliere il messaggio. Non porta né al suo pseudonimo né al suo impegno.`
          : `Un numero che la rappresenta su ${host} per questo scopo e in nessun altro posto (il nullifier). Da esso non si può ricavare il suo impegno.`,
        ...(day === undefined ? [] : [`Un secondo numero, solo per il ${date(day)}, che conta i suoi messaggi senza pseudonimo. ${host} lo conserva fino alla fine di quel giorno (UTC).`]),
      ],
      kept: "Che cosa no",
      keptItems: (purpose) => [
        ...(purpose === "case" ? ["Il suo pseudonimo: questo portafoglio non lo conosce, e nulla di ciò che viene consegnato vi porta.", "Ciò che ha scritto: aspetta, cifrato, in questa scheda."] : []),
        "Il suo nome, la sua abilitazione e il suo impegno.",
        "Il segreto, le sue parole e la passkey di questo portafoglio.",
        "Nulla all'elenco dei medici: non viene a sapere della prova.",
      ],
      chooseHeading: "Chi l'ha verificata?",
      chooseText: "Scelga l'elenco dei medici che tiene la sua abilitazione.",
      passkey: "Apri con la mia passkey",
      words: "Apri con le mie parole",
      workHeading: "La prova si sta creando",
      workText: "Tutto avviene su questo dispositivo. Ci vogliono da qualche secondo a un minuto; tenga aperta questa pagina.",
      roll: (label) => `Caricamento dell'intero elenco: ${label}`,
      previous: "Confronto con l'edizione precedente",
      circuit: "Caricamento del circuito",
      proving: (current, all) => (all > 1 ? `Prova ${current} di ${all}` : "Prova"),
      waitHeading: "Meglio aspettare la prossima edizione",
      waitText: (label, edition, newcomers, size) =>
        `L'edizione ${edition} è la prima in cui lei è nell'elenco «${label}»; ${number(newcomers)} delle sue ${number(size)} voci sono nuove.`,
      waitWhy: "Chi sa quando è stata fatta la sua verifica, e vede comparire un nuovo membro subito dopo questa edizione, cerca prima tra le voci nuove. Dopo la prossima edizione sarà tra più persone.",
      waitBack: (host) => `Aspetta, torna a ${host}`,
      waitAnyway: "Prova adesso comunque",
      readyHeading: "La prova è pronta",
      readyText: (host) => `Viene con lei a ${host}, nell'indirizzo della pagina che si apre.`,
      hand: (host) => `Consegnala a ${host}`,
    },
    failures: {
      noConfig: {
        heading: "Questo portafoglio non è configurato",
        text: () => "Manca il suo config.json, quindi non sa quale elenco e quale comunità serve. Avvisi chi lo gestisce; nulla è stato consegnato.",
      },
      badConfig: {
        heading: "Questo portafoglio non è configurato bene",
        text: () => "Il suo config.json non si legge come lo descrive docs/wire-format.md, e il portafoglio non indovina. Avvisi chi lo gestisce; nulla è stato consegnato.",
      },
      badRequest: {
        heading: "Questo link è incompleto",
        text: () => "Non si legge che cosa era richiesto: l'indirizzo è stato tagliato, cambiato o fatto per un'altra versione. Torni indietro e ricominci il passo.",
      },
      unknownRegistrar: {
        heading: "Questo portafoglio non conosce chi chiede",
        text: (host) => `${host} non è tra gli elenchi che questo portafoglio serve. Nulla è stato consegnato. Se qualcuno l'ha mandata qui, non segua più quel link.`,
      },
      offline: { heading: "Un file non è arrivato", text: (path) => `Non è stato possibile ottenere ${path}. Controlli la connessione; nulla è perso.` },
      missingFile: {
        heading: "Qui manca un file",
        text: (path) => `Il server del portafoglio non ha ${path}. Riprovi tra un minuto; se resta così, avvisi chi lo gestisce.`,
      },
      badEdition: {
        heading: "Questa edizione non è autentica",
        text: (host) => `Ciò che questo server ha dato come edizione di ${host} non porta la sua firma, o dice altro da quel che dovrebbe. Non se ne fa alcuna prova. Avvisi chi lo gestisce.`,
      },
      otherCircuit: {
        heading: "Questo portafoglio non è aggiornato",
        text: (host) => `L'edizione di ${host} è fatta per una versione della prova diversa da quella di questo portafoglio. Ricarichi la pagina; se resta così, avvisi chi lo gestisce.`,
      },
      badRollFile: {
        heading: "Il file di un elenco è danneggiato",
        text: () => "Ciò che è arrivato non è il file che l'edizione firmata nomina. Riprovi; se resta così, avvisi chi lo gestisce.",
      },
      badCircuit: {
        heading: "Un file del circuito è danneggiato",
        text: () => "Ciò che è arrivato non è il file con cui questo portafoglio è stato costruito, quindi non viene usato. Riprovi; se resta così, avvisi chi lo gestisce.",
      },
      badgeNotPublished: {
        heading: "Questo distintivo non si può mostrare",
        text: (badge) => `«${badge}» non ha un elenco nell'ultima edizione: vi sono troppo pochi medici, e lei spiccherebbe. Torni indietro e scelga senza.`,
      },
      passkeyCancelled: {
        heading: "La passkey non è stata usata",
        text: () => "È stata annullata, è scaduto il tempo o non è su questo dispositivo. Nulla è perso. Vanno bene anche le sue 24 parole.",
      },
      passkeyUnsupported: {
        heading: "Nessuna passkey qui",
        text: () => "Questo browser o dispositivo non può usare una passkey per questa pagina. Usi le sue 24 parole.",
      },
      passkeyNoSecret: {
        heading: "Questa passkey non dà un segreto",
        text: () => "La passkey funziona, ma browser e dispositivo non trasmettono il valore da cui nasce il segreto. Usi le parole; una passkey appena creata si può eliminare.",
      },
      passkeyDisagrees: {
        heading: "La passkey ha dato due risultati diversi",
        text: () => "Su una passkey così non si può contare, quindi non ne è stato fatto nulla. Usi le parole.",
      },
      otherPasskey: {
        heading: "Questa passkey dà un altro segreto: usi le sue parole",
        text: (label) => `Il suo impegno non è nell'elenco «${label}». O non è la passkey della sua iscrizione, e le sue 24 parole portano al segreto giusto; o il suo impegno non è ancora in un'edizione, e la prossima lo avrà.`,
      },
      notYetOnRoll: {
        heading: "Non ancora in un'edizione",
        text: (label) => `L'impegno di queste parole non è nell'elenco «${label}». Dopo una verifica compare con una delle prossime edizioni; dopo la perdita dell'abilitazione non c'è più. L'elenco dei medici mostra a che punto è.`,
      },
      notOnBadgeRoll: {
        heading: "Questo distintivo non è suo da mostrare",
        text: (label) => `La sua verifica c'è, ma non nell'elenco «${label}» dell'ultima edizione. Torni indietro e scelga senza.`,
      },
      memory: {
        heading: "Memoria insufficiente",
        text: () => "Al browser è mancata la memoria durante la prova. Chiuda altre schede e riprovi, o usi un altro dispositivo con le sue parole.",
      },
      proverFailed: {
        heading: "Non è stato possibile fare la prova",
        text: () => "Il browser ha interrotto il calcolo. Riprovi, o usi un altro dispositivo con le sue parole.",
      },
    },
  };
}
