// Pages come before the names of functions: most who search look for a word of the law. The numbers are Sphinx's own
// but for an object's, which lie between a title's (15) and those of a word in the text (5).
var Scorer = {
  objNameMatch: 4,
  objPartialMatch: 2,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: (hit) => {
    const [page, title, anchor, , score, , kind] = hit;
    // A hit in the index has but the title of its page, such as "Glossary": say the words that stand there too; of the
    // provisions, by which a rule has many, only those that are looked for.
    if (kind === "index" && anchor) {
      const { docnames, indexentries } = Search._index;
      const close = (word) => word.toLowerCase().replaceAll(" ", "");
      const asked = close(new URLSearchParams(window.location.search).get("q") ?? "");
      const isThere = ([file, id]) => docnames[file] === page && `#${id}` === anchor;
      const isSaid = (word) => !/§|-\d/.test(word) || (!word.startsWith("§") && close(word).includes(asked));
      const words = Object.keys(indexentries).filter((word) => isSaid(word) && indexentries[word].some(isThere));
      hit[1] = [title, words.join(", ")].filter(Boolean).join(": ");
    }
    // Pages that name everything come after those that are about something, unless the word is in their title.
    if (kind === "text" && score < Scorer.title && /^(api|changes$|kommuner\/|law\/sources$)/.test(page)) return score - 4;
    // Among names that match as well as each other, first those that are in reach without a module or a class.
    return kind === "object" ? score - title.split(".").length / 10 : score;
  },
};
