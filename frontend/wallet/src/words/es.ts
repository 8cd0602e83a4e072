/** The wallet's sentences in Spanish. */
import type { Purpose } from "../knock";
import type { Sentences } from "./en";
import type { Formats } from "./formats";

export function es({ number, date, enumeration }: Formats): Sentences {
  const purposes: Record<Purpose, string> = {
    member: "para dejarle entrar: por primera vez, para un nuevo periodo o tras perder una llave de acceso",
    case: "para una publicación sin su seudónimo",
    quota: "para contar las publicaciones de hoy sin seudónimo, de modo que nadie inunde a los demás",
  };
  return {
    page: {
      title: "Cartera",
      who: "Su secreto se queda en este navegador",
      everyone: "Todos los médicos verificados",
    },
    common: {
      back: "Atrás",
      tryAgain: "Intentar de nuevo",
      start: "Al inicio de la cartera",
      passkey: "Usar mi llave de acceso",
      words: "Usar mis palabras",
      backTo: (host) => `Volver a ${host}`,
      working: "Un momento",
    },
    home: {
      heading: "Su cartera",
      lede: "Su secreto se crea y se usa en esta página. No se envía a nadie y ningún servidor lo guarda.",
      why: [
        "El directorio sabe quién es usted. La comunidad sabe lo que escribe. La cartera está entre los dos: demuestra a la comunidad que usted es uno de los médicos verificados, sin decir cuál.",
        "Casi siempre se empieza en los otros sitios: el directorio pide su compromiso, la comunidad pide una prueba. Aquí puede crear su secreto de antemano, o comprobar que aún lo tiene.",
      ],
      make: "Crear un secreto",
      checkPasskey: "Comprobar mi llave de acceso",
      checkWords: "Comprobar mis palabras",
    },
    checked: {
      heading: "Su secreto funciona",
      text: "Da el compromiso de abajo. El directorio muestra las mismas cifras junto a su licencia una vez que lo haya entregado.",
      done: "Listo",
    },
    make: {
      heading: "Cree su secreto",
      lede: "El secreto es lo que hace de usted uno de los médicos verificados en la comunidad, y cada vez el mismo miembro.",
      passkey: "Con una llave de acceso, este dispositivo (o la cuenta que guarda sus llaves de acceso) vuelve a crear el secreto cuando hace falta. Se confirma dos veces, para comparar ambos resultados.",
      deleting: "Borrar más adelante la llave de acceso borra este camino a su secreto. Las 24 palabras se muestran en todo caso: son el camino de vuelta.",
      words: "Sin llave de acceso, se escriben las 24 palabras cada vez.",
      choosePasskey: "Crearlo con una llave de acceso",
      chooseWords: "Solo palabras",
      passkeyName: (today) => `Cartera de Curbside, ${today}`,
    },
    passkey: {
      waiting: "Esperando su llave de acceso",
      waitingText: "Su navegador le pide confirmar, dos veces.",
      againHeading: "Una vez más, para comparar",
      againText: "El secreto solo se usa después de que la llave de acceso haya dado dos veces el mismo resultado. La segunda vez aún no ha tenido lugar.",
      again: "Confirmar una vez más",
    },
    words: {
      heading: "Anote estas 24 palabras",
      lede: "Estas palabras son su secreto. Quien las tenga puede ser usted en la comunidad; sin ellas y sin la llave de acceso, su membresía no puede volver a abrirse.",
      advice: "En papel, en este orden. Una fotografía o una nota en una cuenta pueden leerlas otros.",
      list: "Sus 24 palabras",
      written: "Las he anotado",
      quizHeading: "Tres palabras de vuelta",
      quizText: "Mire su papel y escriba estas tres.",
      quizLabel: (position) => `Palabra ${position}`,
      quizWrong: (positions) =>
        positions.length === 1
          ? `La palabra ${positions.join()} es otra. Mire de nuevo su papel.`
          : `Las palabras ${enumeration(positions.map(String))} son otras. Mire de nuevo su papel.`,
      check: "Comprobar",
      showAgain: "Mostrar las palabras de nuevo",
      typeHeading: "Escriba sus 24 palabras",
      typeText: "Las mayúsculas, comas, números y saltos de línea no importan. El orden, sí.",
      typeLabel: "Sus palabras",
      typeDone: "Usar estas palabras",
      problem: (problem) => {
        if (problem.kind === "unknown") return `La palabra ${problem.position}, «${problem.word}», no está en la lista de palabras. ¿Está escrita como la anotó?`;
        if (problem.kind === "count") return `Son ${problem.count} palabras; el secreto tiene 24.`;
        return "Todas las palabras están en la lista, pero juntas no forman un secreto: una es errónea o dos cambiaron de lugar.";
      },
    },
    made: {
      heading: "Su secreto está listo",
      text: "Nada de él se guarda en esta página. Cuando el directorio pida su compromiso, vuelva aquí con su llave de acceso o sus palabras.",
      done: "Listo",
    },
    commit: {
      heading: "Entregar su compromiso",
      lede: (host) => `${host} pide la mitad pública de su secreto, para ponerla en su lista de médicos verificados.`,
      handed: "Qué se entrega",
      handedItems: (host) => [`Su compromiso, un número. ${host} lo guarda junto a su licencia y lo publica en sus listas sin su nombre.`],
      kept: "Qué no",
      keptItems: ["El secreto y sus palabras.", "La llave de acceso de esta cartera.", "Nada que muestre lo que escribirá, ni bajo qué seudónimo."],
      once: "Una licencia tiene un solo compromiso. Quien ya entregó uno y perdió el secreto espera hasta que termine el periodo de la membresía anterior.",
      make: "Crear un secreto nuevo",
      readyHeading: "Su compromiso",
      readyText: "Este número va con usted al directorio, en la dirección de la página que se abre.",
      hand: (host) => `Entregarlo a ${host}`,
    },
    prove: {
      heading: "Demuestre su verificación",
      lede: (host, purpose) => `${host} pide una prueba, ${purposes[purpose]}.`,
      loading: "Buscando la última edición de las listas.",
      shown: "Qué muestra usted",
      everyone: (size) => [number(size), " médicos verificados, usted entre ellos"],
      crowd: (size, everyone) => [number(size), ` de los ${number(everyone)} médicos verificados`],
      source: (registrar, edition, iso) => `Verificado por ${registrar}, edición ${edition} del ${date(iso)}`,
      narrowing: "Mostrados juntos, los distintivos reducen la multitud: solo quedan quienes están en todas estas listas, y pueden ser muchos menos que el número más pequeño de arriba.",
      handed: "Qué se entrega",
      handedItems: (host, purpose, badges, day) => [
        badges > 1 ? `${badges} pruebas de que está en estas listas, una por distintivo, no de qué entrada es la suya.` : "Una prueba de que está en esta lista, no de qué entrada es la suya.",
        purpose === "case"
          ? `Un número que le representa en esta única publicación en ${host}, y en ninguna otra parte (el nullifier). Con él puede responder, editar y retirar la publicación. No lleva ni a su seudónimo ni a su compromiso.`
          : `Un número que le representa en ${host} para este fin y en ninguna otra parte (el nullifier). De él no puede obtenerse su compromiso.`,
        ...(day === undefined ? [] : [`Un segundo número, solo para el ${date(day)}, que cuenta sus publicaciones sin seudónimo. ${host} lo guarda hasta que acabe ese día (UTC).`]),
      ],
      kept: "Qué no",
      keptItems: (purpose) => [
        ...(purpose === "case" ? ["Su seudónimo: esta cartera no lo conoce, y nada de lo entregado lleva a él.", "Lo que ha escrito: espera, cifrado, en esta pestaña."] : []),
        "Su nombre, su licencia y su compromiso.",
        "El secreto, sus palabras y la llave de acceso de esta cartera.",
        "Nada al directorio: no se entera de que usted presentó una prueba.",
      ],
      chooseHeading: "¿Quién le verificó?",
      chooseText: "Elija el directorio que tiene su licencia.",
      passkey: "Abrir con mi llave de acceso",
      words: "Abrir con mis palabras",
      workHeading: "Creando la prueba",
      workText: "Todo ocurre en este dispositivo. Tarda de unos segundos a un minuto; mantenga abierta esta página.",
      roll: (label) => `Cargando la lista entera: ${label}`,
      previous: "Comparando con la edición anterior",
      circuit: "Cargando el circuito",
      proving: (current, all) => (all > 1 ? `Prueba ${current} de ${all}` : "Prueba"),
      waitHeading: "Mejor esperar a la próxima edición",
      waitText: (label, edition, newcomers, size) =>
        `La edición ${edition} es la primera en que usted está en la lista «${label}»; ${number(newcomers)} de sus ${number(size)} entradas son nuevas.`,
      waitWhy: "Quien sabe cuándo se le verificó, y ve aparecer un miembro nuevo justo después de esta edición, busca primero entre sus nuevas entradas. Tras la próxima edición estará entre más personas.",
      waitBack: (host) => `Esperar, volver a ${host}`,
      waitAnyway: "Demostrarlo ahora de todos modos",
      readyHeading: "La prueba está lista",
      readyText: (host) => `Va con usted a ${host}, en la dirección de la página que se abre.`,
      hand: (host) => `Entregarla a ${host}`,
    },
    failures: {
      noConfig: {
        heading: "Esta cartera no está configurada",
        text: () => "Falta su config.json, así que no sabe a qué directorio y a qué comunidad sirve. Avise al operador; no se entregó nada.",
      },
      badConfig: {
        heading: "Esta cartera está mal configurada",
        text: () => "Su config.json no puede leerse como lo describe docs/wire-format.md, y la cartera no adivina. Avise al operador; no se entregó nada.",
      },
      badRequest: {
        heading: "Este enlace está incompleto",
        text: () => "No puede leerse lo que se pedía: la dirección se cortó, se cambió o se hizo para otra versión. Vuelva atrás y empiece de nuevo el paso.",
      },
      unknownRegistrar: {
        heading: "Esta cartera no conoce a quien pregunta",
        text: (host) => `${host} no está entre los directorios a los que sirve esta cartera. No se entregó nada. Si alguien le envió aquí, no vuelva a seguir ese enlace.`,
      },
      offline: { heading: "Un archivo no llegó", text: (path) => `No se pudo obtener ${path}. Compruebe la conexión; no se ha perdido nada.` },
      missingFile: {
        heading: "Aquí falta un archivo",
        text: (path) => `El servidor de la cartera no tiene ${path}. Inténtelo de nuevo en un minuto; si sigue igual, avise al operador.`,
      },
      badEdition: {
        heading: "Esta edición no es auténtica",
        text: (host) => `Lo que este servidor dio como edición de ${host} no lleva su firma, o dice otra cosa de lo que debería. No se hace ninguna prueba con ello. Avise al operador.`,
      },
      otherCircuit: {
        heading: "Esta cartera está anticuada",
        text: (host) => `La edición de ${host} está hecha para otra versión de la prueba que la de esta cartera. Recargue la página; si sigue igual, avise al operador.`,
      },
      badRollFile: {
        heading: "Un archivo de lista está dañado",
        text: () => "Lo que llegó no es el archivo que nombra la edición firmada. Inténtelo de nuevo; si sigue igual, avise al operador.",
      },
      badCircuit: {
        heading: "Un archivo del circuito está dañado",
        text: () => "Lo que llegó no es el archivo con que se construyó esta cartera, así que no se usa. Inténtelo de nuevo; si sigue igual, avise al operador.",
      },
      badgeNotPublished: {
        heading: "Este distintivo no puede mostrarse",
        text: (badge) => `«${badge}» no tiene lista en la última edición: hay muy pocos médicos en ella y usted destacaría. Vuelva atrás y elija sin él.`,
      },
      passkeyCancelled: {
        heading: "La llave de acceso no se usó",
        text: () => "Se canceló, se agotó el tiempo o no está en este dispositivo. No se ha perdido nada. Sus 24 palabras también sirven.",
      },
      passkeyUnsupported: {
        heading: "Aquí no hay llave de acceso",
        text: () => "Este navegador o dispositivo no puede usar una llave de acceso en esta página. Use sus 24 palabras.",
      },
      passkeyNoSecret: {
        heading: "Esta llave de acceso no da un secreto",
        text: () => "La llave de acceso funciona, pero el navegador y el dispositivo no transmiten el valor del que se hace el secreto. Use palabras; una llave de acceso recién creada puede borrarse.",
      },
      passkeyDisagrees: {
        heading: "La llave de acceso dio dos resultados distintos",
        text: () => "No se puede confiar en una llave de acceso así, por lo que no se hizo nada con ella. Use palabras.",
      },
      otherPasskey: {
        heading: "Esta llave de acceso da otro secreto: use sus palabras",
        text: (label) => `Su compromiso no está en la lista «${label}». O no es la llave de acceso con la que entró, y sus 24 palabras llevan al secreto correcto; o su compromiso aún no está en una edición, y la próxima lo tendrá.`,
      },
      notYetOnRoll: {
        heading: "Aún no está en una edición",
        text: (label) => `El compromiso de estas palabras no está en la lista «${label}». Tras una verificación aparece con una de las próximas ediciones; tras caducar la licencia ya no está. El directorio muestra su situación.`,
      },
      notOnBadgeRoll: {
        heading: "Usted no puede mostrar este distintivo",
        text: (label) => `Está verificado, pero no en la lista «${label}» de la última edición. Vuelva atrás y elija sin él.`,
      },
      memory: {
        heading: "Memoria insuficiente",
        text: () => "Al navegador le faltó memoria durante la prueba. Cierre otras pestañas e inténtelo de nuevo, o use otro dispositivo con sus palabras.",
      },
      proverFailed: {
        heading: "No se pudo hacer la prueba",
        text: () => "El navegador detuvo el cálculo. Inténtelo de nuevo, o use otro dispositivo con sus palabras.",
      },
    },
  };
}
