// What the attach menu offers besides words: a place, a photo, a file, a sticker, a voice.

import { field, formBox } from "./dialogs.js";
import { el } from "./dom.js";

// Coordinates to four places, rounded from the cities' centres; the last one lies far from any town.
const PLACES = [
  ["Amsterdam", 52.3728, 4.8936],
  ["Auckland", -36.8485, 174.7633],
  ["Berlin", 52.52, 13.405],
  ["Cairo", 30.0444, 31.2357],
  ["Kathmandu", 27.7172, 85.324],
  ["Lisbon", 38.7223, -9.1393],
  ["London", 51.5074, -0.1278],
  ["Los Angeles", 34.0522, -118.2437],
  ["Mumbai", 19.076, 72.8777],
  ["New York", 40.7128, -74.006],
  ["Reykjavík", 64.1466, -21.9426],
  ["São Paulo", -23.5505, -46.6333],
  ["St. John's", 47.5615, -52.7126],
  ["Sydney", -33.8688, 151.2093],
  ["Tokyo", 35.6762, 139.6503],
  ["Middle of the Pacific", -48.8767, -123.3933],
];

/** The entries of the attach menu of one chat. */
export function attachments(chat) {
  return [
    { label: "Location", icon: "pin", act: () => shareLocation(chat) },
    { label: "Photo", icon: "photo", act: () => chat.attempt(chat.api.photo()) },
    { label: "File", icon: "file", act: () => chooseFile(chat) },
    { label: "Sticker", icon: "sticker", act: () => chat.attempt(chat.api.sticker()) },
    { label: "Voice message", icon: "voice", act: () => chat.attempt(chat.api.voice()) },
  ];
}

/** Lets a file be chosen and sends it; nothing is sent where none is chosen. */
function chooseFile(chat) {
  const chooser = el("input", { type: "file" });
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    if (file) chat.attempt(chat.api.document(file));
  });
  chooser.click();
}

/** Asks for a place and sends it; nothing is sent where the form is closed. */
export async function shareLocation(chat) {
  const latitude = number("latitude", 90);
  const longitude = number("longitude", 180);
  const city = el(
    "select",
    { name: "city" },
    ...PLACES.map(([name]) => el("option", {}, name)),
    el("option", { value: "" }, "Another place"),
  );
  const fill = () => {
    const place = PLACES.find(([name]) => name === city.value);
    if (place) [latitude.value, longitude.value] = place.slice(1);
    else latitude.focus();
  };
  city.addEventListener("change", fill);
  for (const input of [latitude, longitude])
    input.addEventListener("input", () => (city.value = ""));
  fill();
  const answer = await formBox(
    "Share a location",
    "Send location",
    field("City", city),
    el("div", { class: "pair" }, field("Latitude", latitude), field("Longitude", longitude)),
    ownPosition(latitude, longitude, city),
  );
  if (answer)
    await chat.attempt(
      chat.api.location(Number(answer.get("latitude")), Number(answer.get("longitude"))),
    );
}

function number(name, limit) {
  return el("input", {
    name,
    type: "number",
    step: "any",
    min: -limit,
    max: limit,
    required: true,
    inputmode: "decimal",
    autocomplete: "off",
  });
}

function ownPosition(latitude, longitude, city) {
  const said = el("span", { class: "detail", "aria-live": "polite" });
  const button = el("button", { type: "button", class: "quiet" }, "Where this browser is");
  button.addEventListener("click", () => {
    said.textContent = "Asking the browser…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        [latitude.value, longitude.value, city.value] = [
          coords.latitude.toFixed(4),
          coords.longitude.toFixed(4),
          "",
        ];
        said.textContent = "";
      },
      () => (said.textContent = "The browser does not tell."),
      { timeout: 8000 },
    );
  });
  return navigator.geolocation ? el("div", { class: "own-position" }, button, said) : null;
}
