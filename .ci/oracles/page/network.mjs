// A book of invented people with a year of touches behind them, for the pictures of a report: the same every time.

const TODAY = Date.UTC(2026, 10, 26);
const DAY = 86_400_000;

// The numbers of mulberry32 by Tommy Ettinger.
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let number = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    number = (number + Math.imul(number ^ (number >>> 7), 61 | number)) ^ number;
    return ((number ^ (number >>> 14)) >>> 0) / 4294967296;
  };
}

const BUCKETS = [
  ["clients", "4 weeks", 4, ["Ana Ruiz", "Tomás Novák", "Seán O’Brien", "Kim Jansen", "Priya Raman", "Jonas Weber", "Lucía Ferrer", "Olu Adeyemi", "Freja Holm", "Ivo Marek", "Mei-Ling Chu", "Pavel Dvořák"]],
  ["prospects", "2 weeks", 2, ["Greta Vogel", "Noor de Wit", "Samir Haddad", "Zoë Laurent", "Bram Peeters", "Ines Prado"]],
  ["colleagues", "3 months", 1, ["Bo Lind", "Hanna Koch", "Rui Tavares", "Sara Lindqvist", "Yuki Tanaka", "Marek Zieliński", "Ewa Nowak", "Tariq Aziz", "Lena Brandt", "Diego Soto"]],
  ["friends", "2 months", 2, ["李小龙", "Maja Berg", "يوسف منصور", "Niamh Byrne", "Caro Fuentes", "Oskar Lund", "Tess Morgan", "Arjun Mehta", "נועה לוי", "Elif Kaya", "Matti Salo", "Ruth Okafor"]],
  ["family", "2 weeks", 2, ["Aunt Rosa", "Cousin Tim", "Grandpa Emil", "Nora"]],
];
const WAYS = { clients: ["call", "email", "meeting", "email"], prospects: ["email", "social", "call"], colleagues: ["meeting", "message", "email"], friends: ["message", "call", "meeting", "message"], family: ["call", "call", "meeting"] };
const NOTES = ["budget approved, wants a draft", "moving to Lisbon in spring", "new job at the museum", "asked about the workshop", "their daughter starts school", "liked the talk on caching", "looking for a designer", "back from parental leave", "training for a marathon", "the offer is with their lawyer", "will visit in January", "has a new studio"];
const GIFTS = ["feedback on the deck", "a book on gardens", "an introduction to Bo Lind", "help with the move", "tickets for the play", "a week in the guest room", "a lift to the airport"];
const GAINS = ["a hint about a flat", "a review of the draft", "two names to call", "a recipe"];
const THROUGH = { "Hanna Koch": "Bo Lind", "Rui Tavares": "Bo Lind", "Ana Ruiz": "Bo Lind", "Priya Raman": "Ana Ruiz", "Lucía Ferrer": "Ana Ruiz", "Ines Prado": "Lucía Ferrer", "Sara Lindqvist": "Hanna Koch", "Oskar Lund": "Maja Berg", "Tess Morgan": "Maja Berg", "Jonas Weber": "Hanna Koch", "Samir Haddad": "Jonas Weber", "يوسف منصور": "Tess Morgan", "Olu Adeyemi": "Kim Jansen" };
const PROMISES = { "Ana Ruiz": ["2026-11-27", "send the draft"], "Bo Lind": ["2026-11-19", "return the drill"], "Zoë Laurent": ["2026-12-04", "a quote for the workshop"], "Maja Berg": [null, "the recipe for the soup"], "Cousin Tim": ["2026-12-01", "look at his flat"] };
const BIRTHDAYS = { "Bo Lind": "1983-11-25", "Nora": "2015-12-06", "李小龙": "--12-12", "Grandpa Emil": "1941-12-20", "Tess Morgan": "1990-03-03" };

const iso = (time) => new Date(time).toISOString().slice(0, 10);
const text = (words) => JSON.stringify(words);

export function network() {
  const next = numbers(20261123);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const lines = ["format = 1", "week.touches = 10"];
  for (const [name, cadence, share] of BUCKETS) {
    lines.push(`[buckets.${name}]`, `cadence = ${text(cadence)}`, `share = ${share}`);
  }
  const gaps = { clients: 33, prospects: 21, colleagues: 75, friends: 55, family: 12 };
  for (const [bucket, , , people] of BUCKETS) {
    for (const name of people) {
      lines.push("[[contacts]]", `name = ${text(name)}`, `bucket = ${text(bucket)}`, "added = 2025-09-15");
      if (BIRTHDAYS[name]) lines.push(`birthday = ${BIRTHDAYS[name].startsWith("--") ? text(BIRTHDAYS[name]) : BIRTHDAYS[name]}`);
      if (THROUGH[name]) lines.push(`met = ${text(`a dinner in Ghent, through ${THROUGH[name]}`)}`);
      lines.push('phone = "+32 2 555 01 23"', `email = "hello@${bucket}.example"`);
      if (PROMISES[name]) {
        const [by, what] = PROMISES[name];
        lines.push(`promises = [{ ${by ? `by = ${by}, ` : ""}what = ${text(what)} }]`);
      }
      const rows = [];
      const drifts = next() < 0.2 ? 2.6 : 1;
      let day = TODAY - Math.floor(420 - next() * 60) * DAY;
      for (;;) {
        day += Math.max(2, Math.round(gaps[bucket] * drifts * (0.35 + next() * 1.2))) * DAY;
        // On weekends only friends and family.
        const weekday = new Date(day).getUTCDay();
        if ([0, 6].includes(weekday) && !["friends", "family"].includes(bucket)) day += 2 * DAY;
        if (day > TODAY) break;
        const parts = [`on = ${iso(day)}`, `via = ${text(pick(WAYS[bucket]))}`];
        if (next() < 0.15) parts.push(`direction = ${text(next() < 0.6 ? "out" : "in")}`);
        if (next() < 0.4) parts.push(`note = ${text(pick(NOTES))}`);
        if (next() < 0.08) parts.push(`gave = ${text(pick(GIFTS))}`);
        if (next() < 0.07) parts.push(`got = ${text(pick(GAINS))}`);
        rows.push(`  { ${parts.join(", ")} },`);
      }
      lines.push("touches = [", ...rows, "]");
    }
  }
  return `${lines.join("\n")}\n`;
}

// People whose names try to be something else.
export function hostile() {
  const names = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></style></svg><svg onload=alert(1)>", "\u202egnp.exe", "W".repeat(5000), "é".repeat(5000), "ي".repeat(5000), "👩\u200d🚀".repeat(500), "יוסף (work), 3 of 4", "a\u0000b\u001b[31m"];
  const quoted = (name) => JSON.stringify(name);
  const lines = names.map((name) => {
    const word = quoted(name);
    const touch = `on = 2026-09-01, via = ${word}, note = ${word}, gave = ${word}, got = ${word}`;
    const met = quoted(`a talk, through ${names[0]}`);
    return `[buckets.${word}]\ncadence = "4 weeks"\n[[contacts]]\nname = ${word}\nbucket = ${word}\nbirthday = "--12-01"\nmet = ${met}\npromises = [{ what = ${word} }]\ntouches = [{ ${touch} }]\n`;
  });
  const buckets = lines.map((line) => line.split("[[contacts]]")[0]).join("");
  return `${buckets}${lines.map((line) => `[[contacts]]${line.split("[[contacts]]")[1]}`).join("")}`;
}
