/* Everything the page itself says. What Docent says comes from the server. */

export const LARGEST_PHOTO = 20 * 1024 * 1024;

export const words = {
  photoAlt: (name) => (name ? `Your photo: ${name}` : "Your photo"),
  unseenPhoto: "This browser cannot show the photo. Docent may still read it.",
  untitled: "Your photo",
  looking: "Looking closely",
  thinking: "Thinking",
  guide: "Docent’s answer",
  failure: "No answer",
  retry: "Try again",
  percent: (percent) => `${percent} %`,
  choices: (count) => (count === 1 ? "One button to tap." : `${count} buttons to tap.`),
  offline: "You seem to be offline. What you sent is still here; try again when you are back.",
  unreachable: "Docent cannot be reached just now. What you sent is still here.",
  slow: "This is taking too long, so I stopped waiting. Nothing is lost; please try again.",
  broken: "Something went wrong on Docent’s side. Nothing is lost; please try again.",
  refused: "Docent could not use that.",
  tooLarge: "That photo is larger than 20 MB. A smaller copy, or a screenshot of it, will do.",
  emptyPhoto: "That file is empty, or the device did not let it be read. Please choose it again.",
};
