/** The wallet's sentences in French. */
import type { Purpose } from "../knock";
import type { Sentences } from "./en";
import type { Formats } from "./formats";

export function fr({ number, date, enumeration }: Formats): Sentences {
  const purposes: Record<Purpose, string> = {
    member: "pour vous laisser entrer : une première fois, pour une nouvelle période ou après la perte d'une clé d'accès",
    case: "pour une publication sans votre pseudonyme",
    quota: "pour compter les publications du jour sans pseudonyme, afin que personne ne submerge les autres",
  };
  return {
    page: {
      title: "Portefeuille",
      who: "Votre secret reste dans ce navigateur",
      everyone: "Tous les médecins vérifiés",
    },
    common: {
      back: "Retour",
      tryAgain: "Réessayer",
      start: "Au début du portefeuille",
      passkey: "Utiliser ma clé d'accès",
      words: "Utiliser mes mots",
      backTo: (host) => `Retour à ${host}`,
      working: "Un instant",
    },
    home: {
      heading: "Votre portefeuille",
      lede: "Votre secret est créé et utilisé sur cette page. Il n'est envoyé à personne et aucun serveur ne le garde.",
      why: [
        "L'annuaire sait qui vous êtes. La communauté sait ce que vous écrivez. Le portefeuille se tient entre les deux : il prouve à la communauté que vous êtes l'un des médecins vérifiés, sans dire lequel.",
        "Le plus souvent, on part des autres sites : l'annuaire demande votre engagement, la communauté demande une preuve. Ici, vous pouvez créer votre secret à l'avance, ou vérifier que vous l'avez toujours.",
      ],
      make: "Créer un secret",
      checkPasskey: "Vérifier ma clé d'accès",
      checkWords: "Vérifier mes mots",
    },
    checked: {
      heading: "Votre secret fonctionne",
      text: "Il donne l'engagement ci-dessous. L'annuaire montre les mêmes chiffres à côté de votre autorisation d'exercice une fois que vous l'avez remis.",
      done: "Terminé",
    },
    make: {
      heading: "Créez votre secret",
      lede: "C'est le secret qui fait de vous l'un des médecins vérifiés dans la communauté, et chaque fois le même membre.",
      passkey: "Avec une clé d'accès, cet appareil (ou le compte qui garde vos clés d'accès) recrée le secret chaque fois qu'il le faut. Vous confirmez deux fois, pour que les deux résultats puissent être comparés.",
      deleting: "Supprimer plus tard la clé d'accès supprime ce chemin vers votre secret. Les 24 mots sont montrés dans tous les cas : ils sont le chemin du retour.",
      words: "Sans clé d'accès, vous saisissez les 24 mots chaque fois.",
      choosePasskey: "Le créer avec une clé d'accès",
      chooseWords: "Seulement des mots",
      passkeyName: (today) => `Portefeuille Curbside, ${today}`,
    },
    passkey: {
      waiting: "En attente de votre clé d'accès",
      waitingText: "Votre navigateur vous demande de confirmer, deux fois.",
      againHeading: "Encore une fois, pour comparer",
      againText: "Le secret n'est utilisé qu'après que la clé d'accès a donné deux fois le même résultat. La deuxième fois n'a pas encore eu lieu.",
      again: "Confirmer encore une fois",
    },
    words: {
      heading: "Notez ces 24 mots",
      lede: "Ces mots sont votre secret. Qui les possède peut être vous dans la communauté ; sans eux et sans la clé d'accès, votre adhésion ne peut plus être ouverte.",
      advice: "Sur papier, dans cet ordre. Une photo ou une note dans un compte peut être lue par d'autres.",
      list: "Vos 24 mots",
      written: "Je les ai notés",
      quizHeading: "Trois mots en retour",
      quizText: "Regardez votre papier et saisissez ces trois mots.",
      quizLabel: (position) => `Mot ${position}`,
      quizWrong: (positions) =>
        positions.length === 1
          ? `Le mot ${positions.join()} est un autre. Regardez encore votre papier.`
          : `Les mots ${enumeration(positions.map(String))} sont d'autres. Regardez encore votre papier.`,
      check: "Vérifier",
      showAgain: "Montrer les mots à nouveau",
      typeHeading: "Saisissez vos 24 mots",
      typeText: "Les majuscules, virgules, chiffres et retours à la ligne ne comptent pas. L'ordre compte.",
      typeLabel: "Vos mots",
      typeDone: "Utiliser ces mots",
      problem: (problem) => {
        if (problem.kind === "unknown") return `Le mot ${problem.position}, « ${problem.word} », n'est pas dans la liste des mots. Est-il écrit comme vous l'avez noté ?`;
        if (problem.kind === "count") return `Cela fait ${problem.count} mots ; le secret en compte 24.`;
        return "Tous les mots sont dans la liste, mais ensemble ils ne forment pas de secret : l'un est faux ou deux ont changé de place.";
      },
    },
    made: {
      heading: "Votre secret est prêt",
      text: "Rien n'en est gardé sur cette page. Quand l'annuaire demandera votre engagement, revenez ici avec votre clé d'accès ou vos mots.",
      done: "Terminé",
    },
    commit: {
      heading: "Remettre votre engagement",
      lede: (host) => `${host} demande la moitié publique de votre secret, pour la mettre sur sa liste de médecins vérifiés.`,
      handed: "Ce qui est remis",
      handedItems: (host) => [`Votre engagement, un nombre. ${host} le garde à côté de votre autorisation d'exercice et le publie sur ses listes sans votre nom.`],
      kept: "Ce qui ne l'est pas",
      keptItems: ["Le secret et ses mots.", "La clé d'accès de ce portefeuille.", "Quoi que ce soit qui montre ce que vous écrirez, ou sous quel pseudonyme."],
      once: "Une autorisation d'exercice a un seul engagement. Qui en a déjà remis un et a perdu le secret attend que la période de l'ancienne adhésion soit écoulée.",
      make: "Créer un nouveau secret",
      readyHeading: "Votre engagement",
      readyText: "Ce nombre vous accompagne à l'annuaire, dans l'adresse de la page qui s'ouvre.",
      hand: (host) => `Le remettre à ${host}`,
    },
    prove: {
      heading: "Prouvez que vous êtes vérifié(e)",
      lede: (host, purpose) => `${host} demande une preuve, ${purposes[purpose]}.`,
      loading: "Recherche de la dernière édition des listes.",
      shown: "Ce que vous montrez",
      everyone: (size) => [number(size), " médecins vérifiés, vous parmi eux"],
      crowd: (size, everyone) => [number(size), ` des ${number(everyone)} médecins vérifiés`],
      source: (registrar, edition, iso) => `Vérifié par ${registrar}, édition ${edition} du ${date(iso)}`,
      narrowing: "Montrés ensemble, les badges réduisent la foule : il ne reste que ceux qui sont sur toutes ces listes, et ils peuvent être bien moins nombreux que le plus petit nombre ci-dessus.",
      handed: "Ce qui est remis",
      handedItems: (host, purpose, badges, day) => [
        badges > 1 ? `${badges} preuves que vous êtes sur ces listes, une par badge, sans dire quelle entrée est la vôtre.` : "Une preuve que vous êtes sur cette liste, sans dire quelle entrée est la vôtre.",
        purpose === "case"
          ? `Un nombre qui vous représente dans cette seule publication sur ${host}, et nulle part ailleurs (le nullifier). Avec lui, vous pouvez répondre, modifier et retirer la publication. Il ne mène ni à votre pseudonyme ni à votre engagement.`
          : `Un nombre qui vous représente sur ${host} pour ce but et nulle part ailleurs (le nullifier). On ne peut pas en retrouver votre engagement.`,
        ...(day === undefined ? [] : [`Un second nombre, pour le ${date(day)} seulement, qui compte vos publications sans pseudonyme. ${host} le garde jusqu'à la fin de ce jour (UTC).`]),
      ],
      kept: "Ce qui ne l'est pas",
      keptItems: (purpose) => [
        ...(purpose === "case" ? ["Votre pseudonyme : ce portefeuille ne le connaît pas, et rien de ce qui est remis n'y mène.", "Ce que vous avez écrit : cela attend, chiffré, dans cet onglet."] : []),
        "Votre nom, votre autorisation d'exercice et votre engagement.",
        "Le secret, ses mots et la clé d'accès de ce portefeuille.",
        "Quoi que ce soit à l'annuaire : il n'apprend pas que vous avez fait une preuve.",
      ],
      chooseHeading: "Qui vous a vérifié(e) ?",
      chooseText: "Choisissez l'annuaire qui tient votre autorisation d'exercice.",
      passkey: "Ouvrir avec ma clé d'accès",
      words: "Ouvrir avec mes mots",
      workHeading: "Création de la preuve",
      workText: "Tout se passe sur cet appareil. Cela prend de quelques secondes à une minute ; gardez cette page ouverte.",
      roll: (label) => `Chargement de la liste entière : ${label}`,
      previous: "Comparaison avec l'édition précédente",
      circuit: "Chargement du circuit",
      proving: (current, all) => (all > 1 ? `Preuve ${current} sur ${all}` : "Preuve"),
      waitHeading: "Mieux vaut attendre la prochaine édition",
      waitText: (label, edition, newcomers, size) =>
        `L'édition ${edition} est la première où vous êtes sur la liste « ${label} » ; ${number(newcomers)} de ses ${number(size)} entrées sont nouvelles.`,
      waitWhy: "Qui sait quand vous avez été vérifié(e), et voit apparaître un nouveau membre juste après cette édition, cherche d'abord parmi ses nouvelles entrées. Après la prochaine édition, vous serez parmi davantage de monde.",
      waitBack: (host) => `Attendre, retour à ${host}`,
      waitAnyway: "Prouver quand même maintenant",
      readyHeading: "La preuve est prête",
      readyText: (host) => `Elle vous accompagne à ${host}, dans l'adresse de la page qui s'ouvre.`,
      hand: (host) => `La remettre à ${host}`,
    },
    failures: {
      noConfig: {
        heading: "Ce portefeuille n'est pas configuré",
        text: () => "Son fichier config.json manque : il ne sait donc pas quel annuaire et quelle communauté il sert. Prévenez l'opérateur ; rien n'a été remis.",
      },
      badConfig: {
        heading: "Ce portefeuille est mal configuré",
        text: () => "Son fichier config.json ne se lit pas comme docs/wire-format.md le décrit, et le portefeuille ne devine pas. Prévenez l'opérateur ; rien n'a été remis.",
      },
      badRequest: {
        heading: "Ce lien est incomplet",
        text: () => "Ce qui était demandé est illisible : l'adresse a été coupée, modifiée ou faite pour une autre version. Revenez en arrière et recommencez l'étape.",
      },
      unknownRegistrar: {
        heading: "Ce portefeuille ne connaît pas qui demande",
        text: (host) => `${host} n'est pas parmi les annuaires que sert ce portefeuille. Rien n'a été remis. Si quelqu'un vous a envoyé ici, ne suivez plus ce lien.`,
      },
      offline: { heading: "Un fichier n'est pas arrivé", text: (path) => `${path} n'a pas pu être chargé. Vérifiez la connexion ; rien n'est perdu.` },
      missingFile: {
        heading: "Un fichier manque ici",
        text: (path) => `Le serveur du portefeuille n'a pas ${path}. Réessayez dans une minute ; si cela persiste, prévenez l'opérateur.`,
      },
      badEdition: {
        heading: "Cette édition n'est pas authentique",
        text: (host) => `Ce que ce serveur a donné comme édition de ${host} ne porte pas sa signature, ou dit autre chose que prévu. Aucune preuve n'en est faite. Prévenez l'opérateur.`,
      },
      otherCircuit: {
        heading: "Ce portefeuille n'est pas à jour",
        text: (host) => `L'édition de ${host} est faite pour une autre version de la preuve que celle de ce portefeuille. Rechargez la page ; si cela persiste, prévenez l'opérateur.`,
      },
      badRollFile: {
        heading: "Un fichier de liste est endommagé",
        text: () => "Ce qui est arrivé n'est pas le fichier que nomme l'édition signée. Réessayez ; si cela persiste, prévenez l'opérateur.",
      },
      badCircuit: {
        heading: "Un fichier du circuit est endommagé",
        text: () => "Ce qui est arrivé n'est pas le fichier avec lequel ce portefeuille a été construit ; il n'est pas utilisé. Réessayez ; si cela persiste, prévenez l'opérateur.",
      },
      badgeNotPublished: {
        heading: "Ce badge ne peut pas être montré",
        text: (badge) => `« ${badge} » n'a pas de liste dans la dernière édition : trop peu de médecins y sont, vous seriez reconnaissable. Revenez en arrière et choisissez sans lui.`,
      },
      passkeyCancelled: {
        heading: "La clé d'accès n'a pas été utilisée",
        text: () => "Cela a été annulé, a pris trop de temps, ou elle n'est pas sur cet appareil. Rien n'est perdu. Vos 24 mots conviennent aussi.",
      },
      passkeyUnsupported: {
        heading: "Pas de clé d'accès ici",
        text: () => "Ce navigateur ou cet appareil ne peut pas utiliser de clé d'accès pour cette page. Utilisez vos 24 mots.",
      },
      passkeyNoSecret: {
        heading: "Cette clé d'accès ne donne pas de secret",
        text: () => "La clé d'accès fonctionne, mais le navigateur et l'appareil ne transmettent pas la valeur dont le secret est fait. Utilisez des mots ; une clé d'accès créée à l'instant peut être supprimée.",
      },
      passkeyDisagrees: {
        heading: "La clé d'accès a donné deux résultats différents",
        text: () => "On ne peut pas compter sur une telle clé d'accès ; rien n'en a été fait. Utilisez des mots.",
      },
      otherPasskey: {
        heading: "Cette clé d'accès donne un autre secret : utilisez vos mots",
        text: (label) => `Son engagement n'est pas sur la liste « ${label} ». Soit ce n'est pas la clé d'accès avec laquelle vous avez adhéré, et vos 24 mots mènent au bon secret ; soit votre engagement n'est pas encore dans une édition, et la prochaine l'aura.`,
      },
      notYetOnRoll: {
        heading: "Pas encore dans une édition",
        text: (label) => `L'engagement de ces mots n'est pas sur la liste « ${label} ». Après une vérification, il paraît avec l'une des prochaines éditions ; après la fin de l'autorisation d'exercice, il n'y est plus. L'annuaire montre où vous en êtes.`,
      },
      notOnBadgeRoll: {
        heading: "Vous ne pouvez pas montrer ce badge",
        text: (label) => `Vous êtes vérifié(e), mais pas sur la liste « ${label} » dans la dernière édition. Revenez en arrière et choisissez sans lui.`,
      },
      memory: {
        heading: "Mémoire insuffisante",
        text: () => "Le navigateur a manqué de mémoire pendant la preuve. Fermez d'autres onglets et réessayez, ou utilisez un autre appareil avec vos mots.",
      },
      proverFailed: {
        heading: "La preuve n'a pas pu être faite",
        text: () => "Le navigateur a arrêté le calcul. Réessayez, ou utilisez un autre appareil avec vos mots.",
      },
    },
  };
}
