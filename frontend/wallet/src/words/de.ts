/** The wallet's sentences in German. */
import type { Purpose } from "../knock";
import type { Sentences } from "./en";
import type { Formats } from "./formats";

export function de({ number, date, enumeration }: Formats): Sentences {
  const purposes: Record<Purpose, string> = {
    member: "um Sie einzulassen: zum ersten Mal, für eine neue Laufzeit oder nach einem verlorenen Passkey",
    case: "für einen Beitrag ohne Ihr Pseudonym",
    quota: "um die heutigen Beiträge ohne Pseudonym zu zählen, damit niemand die anderen überschwemmt",
  };
  return {
    page: {
      title: "Wallet",
      who: "Ihr Geheimnis bleibt in diesem Browser",
      everyone: "Alle geprüften Ärztinnen und Ärzte",
    },
    common: {
      back: "Zurück",
      tryAgain: "Noch einmal versuchen",
      start: "Zum Anfang der Wallet",
      passkey: "Meinen Passkey verwenden",
      words: "Meine Wörter verwenden",
      backTo: (host) => `Zurück zu ${host}`,
      working: "Einen Augenblick",
    },
    home: {
      heading: "Ihre Wallet",
      lede: "Ihr Geheimnis entsteht auf dieser Seite und wird nur hier verwendet. Niemand bekommt es, kein Server bewahrt es auf.",
      why: [
        "Das Verzeichnis weiß, wer Sie sind. Die Gemeinschaft weiß, was Sie schreiben. Die Wallet steht dazwischen: Sie beweist der Gemeinschaft, dass Sie zu den geprüften Ärztinnen und Ärzten gehören, ohne zu sagen, wer Sie sind.",
        "Meist beginnt der Weg auf den anderen Seiten: Das Verzeichnis fragt nach Ihrem Bindungswert, die Gemeinschaft nach einem Beweis. Hier können Sie Ihr Geheimnis vorher erstellen oder nachsehen, ob Sie es noch haben.",
      ],
      make: "Geheimnis erstellen",
      checkPasskey: "Meinen Passkey prüfen",
      checkWords: "Meine Wörter prüfen",
    },
    checked: {
      heading: "Ihr Geheimnis funktioniert",
      text: "Es ergibt den Bindungswert unten. Das Verzeichnis zeigt dieselben Ziffern neben Ihrer Approbation, sobald Sie ihn übergeben haben.",
      done: "Fertig",
    },
    make: {
      heading: "Erstellen Sie Ihr Geheimnis",
      lede: "Das Geheimnis macht Sie in der Gemeinschaft zu jemandem mit geprüfter Approbation, und jedes Mal zu demselben Mitglied.",
      passkey: "Mit einem Passkey stellt dieses Gerät (oder das Konto, das Ihre Passkeys aufbewahrt) das Geheimnis jedes Mal neu her, wenn es gebraucht wird. Sie bestätigen zweimal, damit beide Ergebnisse verglichen werden können.",
      deleting: "Wer den Passkey später löscht, löscht diesen Weg zum Geheimnis. Die 24 Wörter werden in jedem Fall gezeigt: Sie sind der Weg zurück.",
      words: "Ohne Passkey geben Sie jedes Mal die 24 Wörter ein.",
      choosePasskey: "Mit einem Passkey erstellen",
      chooseWords: "Nur Wörter",
      passkeyName: (today) => `Curbside-Wallet, ${today}`,
    },
    passkey: {
      waiting: "Ihr Passkey wird erwartet",
      waitingText: "Ihr Browser bittet zweimal um Bestätigung.",
      againHeading: "Noch einmal, zum Vergleich",
      againText: "Das Geheimnis wird erst verwendet, wenn der Passkey zweimal dasselbe ergeben hat. Das zweite Mal steht noch aus.",
      again: "Noch einmal bestätigen",
    },
    words: {
      heading: "Schreiben Sie diese 24 Wörter auf",
      lede: "Diese Wörter sind Ihr Geheimnis. Wer sie hat, kann in der Gemeinschaft als Sie auftreten; ohne sie und ohne den Passkey lässt sich Ihre Mitgliedschaft nicht wieder öffnen.",
      advice: "Auf Papier, in dieser Reihenfolge. Ein Foto oder eine Notiz in einem Konto kann von anderen gelesen werden.",
      list: "Ihre 24 Wörter",
      written: "Ich habe sie aufgeschrieben",
      quizHeading: "Drei Wörter zurück",
      quizText: "Sehen Sie auf Ihr Papier und geben Sie diese drei ein.",
      quizLabel: (position) => `Wort ${position}`,
      quizWrong: (positions) =>
        positions.length === 1
          ? `Wort ${positions.join()} ist ein anderes. Sehen Sie noch einmal auf Ihr Papier.`
          : `Die Wörter ${enumeration(positions.map(String))} sind andere. Sehen Sie noch einmal auf Ihr Papier.`,
      check: "Prüfen",
      showAgain: "Wörter noch einmal zeigen",
      typeHeading: "Geben Sie Ihre 24 Wörter ein",
      typeText: "Großbuchstaben, Kommas, Zahlen und Zeilenumbrüche spielen keine Rolle. Die Reihenfolge schon.",
      typeLabel: "Ihre Wörter",
      typeDone: "Diese Wörter verwenden",
      problem: (problem) => {
        if (problem.kind === "unknown") return `Wort ${problem.position}, „${problem.word}“, steht nicht in der Wortliste. Ist es so geschrieben, wie Sie es notiert haben?`;
        if (problem.kind === "count") return `Das sind ${problem.count} Wörter; das Geheimnis hat 24.`;
        return "Alle Wörter stehen in der Liste, ergeben zusammen aber kein Geheimnis: Eines ist falsch, oder zwei sind vertauscht.";
      },
    },
    made: {
      heading: "Ihr Geheimnis ist bereit",
      text: "Nichts davon bleibt auf dieser Seite. Wenn das Verzeichnis nach Ihrem Bindungswert fragt, kommen Sie mit Ihrem Passkey oder Ihren Wörtern hierher zurück.",
      done: "Fertig",
    },
    commit: {
      heading: "Bindungswert übergeben",
      lede: (host) => `${host} fragt nach der öffentlichen Hälfte Ihres Geheimnisses, um sie auf die Liste der geprüften Ärztinnen und Ärzte zu setzen.`,
      handed: "Was übergeben wird",
      handedItems: (host) => [`Ihr Bindungswert, eine Zahl. ${host} bewahrt sie neben Ihrer Approbation auf und veröffentlicht sie ohne Ihren Namen auf den Listen.`],
      kept: "Was nicht übergeben wird",
      keptItems: ["Das Geheimnis und seine Wörter.", "Der Passkey dieser Wallet.", "Alles, was zeigt, was Sie schreiben werden oder unter welchem Pseudonym."],
      once: "Zu einer Approbation gehört ein Bindungswert. Wer schon einen übergeben und das Geheimnis verloren hat, wartet, bis die Laufzeit der alten Mitgliedschaft abgelaufen ist.",
      make: "Neues Geheimnis erstellen",
      readyHeading: "Ihr Bindungswert",
      readyText: "Diese Zahl geht mit Ihnen zum Verzeichnis, in der Adresse der Seite, die sich öffnet.",
      hand: (host) => `An ${host} übergeben`,
    },
    prove: {
      heading: "Beweisen Sie, dass Sie geprüft sind",
      lede: (host, purpose) => `${host} fragt nach einem Beweis, ${purposes[purpose]}.`,
      loading: "Die neueste Ausgabe der Listen wird nachgesehen.",
      shown: "Was Sie zeigen",
      everyone: (size) => [number(size), " geprüfte Ärztinnen und Ärzte, Sie unter ihnen"],
      crowd: (size, everyone) => [number(size), ` der ${number(everyone)} geprüften Ärztinnen und Ärzte`],
      source: (registrar, edition, iso) => `Geprüft von ${registrar}, Ausgabe ${edition} vom ${date(iso)}`,
      narrowing: "Zusammen gezeigt verkleinern Abzeichen die Menge: Es bleiben nur die, die auf allen diesen Listen stehen, und das können weit weniger sein als die kleinste Zahl oben.",
      handed: "Was übergeben wird",
      handedItems: (host, purpose, badges, day) => [
        badges > 1 ? `${badges} Beweise, dass Sie auf diesen Listen stehen, einer für jedes Abzeichen, nicht welcher Eintrag Ihrer ist.` : "Ein Beweis, dass Sie auf dieser Liste stehen, nicht welcher Eintrag Ihrer ist.",
        purpose === "case"
          ? `Eine Zahl, die bei ${host} in diesem einen Beitrag für Sie steht und sonst nirgends (der Nullifier). Mit ihr können Sie antworten, den Beitrag ändern und entfernen. Sie führt weder zu Ihrem Pseudonym noch zu Ihrem Bindungswert.`
          : `Eine Zahl, die bei ${host} für diesen Zweck für Sie steht und sonst nirgends (der Nullifier). Aus ihr lässt sich Ihr Bindungswert nicht gewinnen.`,
        ...(day === undefined ? [] : [`Eine zweite Zahl, nur für den ${date(day)}, die Ihre Beiträge ohne Pseudonym zählt. ${host} bewahrt sie auf, bis dieser Tag endet (UTC).`]),
      ],
      kept: "Was nicht übergeben wird",
      keptItems: (purpose) => [
        ...(purpose === "case" ? ["Ihr Pseudonym: Diese Wallet kennt es nicht, und nichts Übergebenes führt zu ihm.", "Was Sie geschrieben haben: Es wartet verschlüsselt in diesem Tab."] : []),
        "Ihr Name, Ihre Approbation und Ihr Bindungswert.",
        "Das Geheimnis, seine Wörter und der Passkey dieser Wallet.",
        "Dem Verzeichnis gar nichts: Es erfährt nicht, dass Sie etwas bewiesen haben.",
      ],
      chooseHeading: "Wer hat Sie geprüft?",
      chooseText: "Wählen Sie das Verzeichnis, das Ihre Approbation führt.",
      passkey: "Mit meinem Passkey öffnen",
      words: "Mit meinen Wörtern öffnen",
      workHeading: "Der Beweis entsteht",
      workText: "Alles geschieht auf diesem Gerät. Es dauert einige Sekunden bis eine Minute; lassen Sie die Seite geöffnet.",
      roll: (label) => `Die ganze Liste wird geladen: ${label}`,
      previous: "Vergleich mit der Ausgabe davor",
      circuit: "Der Schaltkreis wird geladen",
      proving: (current, all) => (all > 1 ? `Beweis ${current} von ${all}` : "Beweis"),
      waitHeading: "Besser auf die nächste Ausgabe warten",
      waitText: (label, edition, newcomers, size) =>
        `Ausgabe ${edition} ist die erste, die Sie auf der Liste „${label}“ führt; ${number(newcomers)} ihrer ${number(size)} Einträge sind neu.`,
      waitWhy: "Wer weiß, wann Sie geprüft wurden, und gleich nach dieser Ausgabe ein neues Mitglied sieht, sucht zuerst unter den neuen Einträgen. Nach der nächsten Ausgabe stehen Sie unter mehr Menschen.",
      waitBack: (host) => `Warten, zurück zu ${host}`,
      waitAnyway: "Trotzdem jetzt beweisen",
      readyHeading: "Der Beweis ist fertig",
      readyText: (host) => `Er geht mit Ihnen zu ${host}, in der Adresse der Seite, die sich öffnet.`,
      hand: (host) => `An ${host} übergeben`,
    },
    failures: {
      noConfig: {
        heading: "Diese Wallet ist nicht eingerichtet",
        text: () => "Ihre config.json fehlt, sie weiß also nicht, für welches Verzeichnis und welche Gemeinschaft sie da ist. Sagen Sie es dem Betreiber; nichts wurde übergeben.",
      },
      badConfig: {
        heading: "Diese Wallet ist nicht richtig eingerichtet",
        text: () => "Ihre config.json lässt sich nicht so lesen, wie docs/wire-format.md es beschreibt, und die Wallet rät nicht. Sagen Sie es dem Betreiber; nichts wurde übergeben.",
      },
      badRequest: {
        heading: "Dieser Link ist unvollständig",
        text: () => "Was gewünscht war, ist nicht lesbar: Die Adresse wurde abgeschnitten, verändert oder für eine andere Version gemacht. Gehen Sie zurück und beginnen Sie den Schritt neu.",
      },
      unknownRegistrar: {
        heading: "Diese Wallet kennt den Fragenden nicht",
        text: (host) => `${host} gehört nicht zu den Verzeichnissen, für die diese Wallet da ist. Nichts wurde übergeben. Wenn Sie jemand hierher geschickt hat, folgen Sie dem Link nicht noch einmal.`,
      },
      offline: { heading: "Eine Datei kam nicht an", text: (path) => `${path} konnte nicht geladen werden. Prüfen Sie die Verbindung; nichts ist verloren.` },
      missingFile: {
        heading: "Hier fehlt eine Datei",
        text: (path) => `Der Server der Wallet hat ${path} nicht. Versuchen Sie es in einer Minute noch einmal; bleibt es so, sagen Sie es dem Betreiber.`,
      },
      badEdition: {
        heading: "Diese Ausgabe ist nicht echt",
        text: (host) => `Was dieser Server als Ausgabe von ${host} geliefert hat, trägt nicht deren Signatur oder sagt anderes, als es sollte. Daraus wird kein Beweis gemacht. Sagen Sie es dem Betreiber.`,
      },
      otherCircuit: {
        heading: "Diese Wallet ist veraltet",
        text: (host) => `Die Ausgabe von ${host} gilt für eine andere Version des Beweises, als diese Wallet hat. Laden Sie die Seite neu; bleibt es so, sagen Sie es dem Betreiber.`,
      },
      badRollFile: {
        heading: "Eine Listendatei ist beschädigt",
        text: () => "Was ankam, ist nicht die Datei, die die signierte Ausgabe nennt. Versuchen Sie es noch einmal; bleibt es so, sagen Sie es dem Betreiber.",
      },
      badCircuit: {
        heading: "Eine Datei des Schaltkreises ist beschädigt",
        text: () => "Was ankam, ist nicht die Datei, mit der diese Wallet gebaut wurde, und wird nicht verwendet. Versuchen Sie es noch einmal; bleibt es so, sagen Sie es dem Betreiber.",
      },
      badgeNotPublished: {
        heading: "Dieses Abzeichen lässt sich nicht zeigen",
        text: (badge) => `„${badge}“ hat in der neuesten Ausgabe keine Liste: Zu wenige stehen darauf, Sie würden auffallen. Gehen Sie zurück und wählen Sie ohne dieses Abzeichen.`,
      },
      passkeyCancelled: {
        heading: "Der Passkey wurde nicht verwendet",
        text: () => "Es wurde abgebrochen, hat zu lange gedauert, oder er ist nicht auf diesem Gerät. Nichts ist verloren. Ihre 24 Wörter gehen auch.",
      },
      passkeyUnsupported: {
        heading: "Kein Passkey hier",
        text: () => "Dieser Browser oder dieses Gerät kann für diese Seite keinen Passkey verwenden. Verwenden Sie Ihre 24 Wörter.",
      },
      passkeyNoSecret: {
        heading: "Dieser Passkey ergibt kein Geheimnis",
        text: () => "Der Passkey funktioniert, aber Browser und Gerät geben den Wert nicht weiter, aus dem das Geheimnis entsteht. Verwenden Sie Wörter; ein eben erstellter Passkey kann gelöscht werden.",
      },
      passkeyDisagrees: {
        heading: "Der Passkey ergab zwei verschiedene Ergebnisse",
        text: () => "Auf einen solchen Passkey ist kein Verlass, darum wurde nichts daraus gemacht. Verwenden Sie Wörter.",
      },
      otherPasskey: {
        heading: "Dieser Passkey ergibt ein anderes Geheimnis: Verwenden Sie Ihre Wörter",
        text: (label) => `Sein Bindungswert steht nicht auf der Liste „${label}“. Entweder ist es nicht der Passkey, mit dem Sie beigetreten sind, dann führen Ihre 24 Wörter zum richtigen Geheimnis; oder Ihr Bindungswert ist noch in keiner Ausgabe, dann steht er in der nächsten.`,
      },
      notYetOnRoll: {
        heading: "Noch in keiner Ausgabe",
        text: (label) => `Der Bindungswert dieser Wörter steht nicht auf der Liste „${label}“. Nach einer Prüfung erscheint er mit einer der nächsten Ausgaben; nach dem Erlöschen der Approbation ist er fort. Das Verzeichnis zeigt, wo Sie stehen.`,
      },
      notOnBadgeRoll: {
        heading: "Dieses Abzeichen können Sie nicht zeigen",
        text: (label) => `Sie sind geprüft, stehen in der neuesten Ausgabe aber nicht auf der Liste „${label}“. Gehen Sie zurück und wählen Sie ohne dieses Abzeichen.`,
      },
      memory: {
        heading: "Zu wenig Speicher",
        text: () => "Dem Browser ging beim Beweisen der Speicher aus. Schließen Sie andere Tabs und versuchen Sie es noch einmal, oder nehmen Sie mit Ihren Wörtern ein anderes Gerät.",
      },
      proverFailed: {
        heading: "Der Beweis gelang nicht",
        text: () => "Der Browser hat die Berechnung abgebrochen. Versuchen Sie es noch einmal, oder nehmen Sie mit Ihren Wörtern ein anderes Gerät.",
      },
    },
  };
}
