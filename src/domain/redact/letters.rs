//! The letters of a text, and which may stand in place of another.

/// Each letter is replaced by another one from the same set.
const LETTERS: [&str; 17] = [
    "0123456789",
    "aeiouy",
    "bcdfghjklmnpqrstvwxz",
    "áéíóúàèìòùâêîôûäëïöüåæøœãõ",
    "çñšžčćďěłńřśťźđðþß",
    "абвгдежзиклмнопрстуфхцчшщыэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ",
    "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허",
    "一二三四五六七八九十百千山川木林森田中大小上下左右日月火水金土石花草竹米糸貝車雨空",
    "कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह",
    "ािीुूेैोौ",
    "กขคงจชซญดตถทธนบปผพฟภมยรลวศสหอ",
    "ะาำเแโใไ",
];

/// The letters of a script beyond those in the sets, which get one from the set with the given letter.
const SCRIPTS: [(std::ops::RangeInclusive<char>, char); 19] = [
    ('\u{370}'..='\u{3ff}', 'α'),
    ('\u{1f00}'..='\u{1fff}', 'α'),
    ('\u{400}'..='\u{52f}', 'а'),
    ('\u{591}'..='\u{5f4}', 'א'),
    ('\u{fb1d}'..='\u{fb4f}', 'א'),
    ('\u{610}'..='\u{77f}', 'ا'),
    ('\u{8a0}'..='\u{8ff}', 'ا'),
    ('\u{fb50}'..='\u{fefc}', 'ا'),
    ('\u{904}'..='\u{939}', 'क'),
    ('\u{93a}'..='\u{963}', 'ा'),
    ('\u{e01}'..='\u{e2f}', 'ก'),
    ('\u{e30}'..='\u{e4d}', 'ะ'),
    ('\u{3041}'..='\u{309f}', 'あ'),
    ('\u{30a0}'..='\u{31ff}', 'ア'),
    ('\u{ff66}'..='\u{ff9f}', 'ア'),
    ('\u{1100}'..='\u{11ff}', '가'),
    ('\u{ac00}'..='\u{d7fb}', '가'),
    ('\u{3400}'..='\u{9fff}', '一'),
    ('\u{f900}'..='\u{3ffff}', '一'),
];

/// The runs of letters, of digits, and of all else in a text.
pub(super) fn runs(text: &str) -> Vec<&str> {
    let kind = |c: char| (c.is_alphabetic(), c.is_numeric());
    let mut runs = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in text.char_indices() {
        if last.is_some_and(|last| last != kind(c)) {
            runs.push(&text[start..at]);
            start = at;
        }
        last = Some(kind(c));
    }
    runs.push(&text[start..]);
    runs
}

/// The other letters of the same kind.
pub(super) fn alike(c: char) -> Vec<char> {
    let script = SCRIPTS.iter().find(|(letters, _)| letters.contains(&c));
    let own = LETTERS.iter().find(|set| set.contains(c));
    let set = own.or_else(|| {
        let (_, letter) = script.filter(|_| c.is_alphabetic())?;
        LETTERS.iter().find(|set| set.contains(*letter))
    });
    let mut set: Vec<char> = match set {
        Some(set) => set.chars().collect(),
        None => neighbours(c),
    };
    set.retain(|other| *other != c);
    set
}

/// The characters of the same kind in the neighbourhood.
fn neighbours(c: char) -> Vec<char> {
    let start = u32::from(c) & !0x7f;
    let neighbours = (start..start + 0x80).filter_map(char::from_u32);
    let is_alike = |other: &char| {
        other.is_alphabetic() == c.is_alphabetic()
            && other.is_numeric() == c.is_numeric()
            && other.is_uppercase() == c.is_uppercase()
    };
    neighbours.filter(is_alike).collect()
}
