import { element } from './dom.js';

/** Folds as the server's search does: capitals, accents and the width of letters don't matter. */
const folded = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();

/**
 * A text in which the words that were looked for are marked.
 *
 * @param {string} text
 * @param {string} words divided by white space; none: nothing is marked
 * @returns {Array<Node|string>}
 */
export function markedText(text, words) {
  const letters = [...text];
  const plain = letters.map(folded);
  const origins = plain.flatMap((fold, index) => Array(fold.length).fill(index)); // letters by the place in the folded text
  const isMarked = Array(letters.length).fill(false);
  for (const word of folded(words).split(/\s+/u).filter(Boolean)) {
    const whole = plain.join('');
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      isMarked.fill(true, origins[at], origins[at + word.length - 1] + 1);
    }
  }
  return runs(letters, isMarked).map(({ part, marked }) => (marked ? element('mark', {}, part) : part));
}

/** Neighbours that are marked alike, as one. */
function runs(letters, isMarked) {
  const found = [];
  letters.forEach((letter, index) => {
    if (index > 0 && isMarked[index] === isMarked[index - 1]) {
      found.at(-1).part += letter;
    } else {
      found.push({ part: letter, marked: isMarked[index] });
    }
  });
  return found;
}
