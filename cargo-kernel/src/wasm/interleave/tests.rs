//! Loops as texts, and random ones run: the same memory and the same locals as without.

use super::*;
use wasmi::{Engine, Linker, Store, Val};

/// Widens the loops of a text, whatever they have to do.
fn widened(wat: &str, copies: i32) -> Vec<u8> {
    let mut module = Module::from_buffer(&wat::parse_str(wat).expect(wat)).unwrap();
    widen_where(&mut module, |_| Some(copies));
    module.emit_wasm()
}

/// A function with a loop over `$in` and `$out`; `$n` iterations.
fn module_of(body: &str) -> String {
    format!(
        "(module (memory (export \"memory\") 1) (func (export \"run\")
            (param $in i32) (param $out i32) (param $n i32) (param $i i32) (result i32 i32 i32 i32 i64 i64)
            (local $t v128) (local $u v128) (local $v v128)
            (loop $again {body})
            local.get $in local.get $out local.get $n local.get $i
            (i64x2.extract_lane 0 (local.get $t)) (i64x2.extract_lane 1 (local.get $t))))"
    )
}

const STEPS: &str = "(local.set $in (i32.add (local.get $in) (i32.const 16)))
    (local.set $out (i32.add (local.get $out) (i32.const 16)))";
const COUNT: &str = "(br_if $again (local.tee $n (i32.add (local.get $n) (i32.const -1))))";
const STORE: &str = "(v128.store (local.get $out)
    (f32x4.sqrt (f32x4.add (v128.load (local.get $in)) (v128.const i32x4 1 2 3 4))))";

fn is_taken(body: &str) -> bool {
    let text = wasmprinter::print_bytes(widened(&module_of(body), 2)).unwrap();
    match text.matches("loop").count() {
        1 => false,
        2 => true,
        _ => panic!("{text}"),
    }
}

#[test]
fn instructions_take_turns() {
    let wasm = widened(&module_of(&format!("{STORE} {STEPS} {COUNT}")), 2);
    let text = wasmprinter::print_bytes(wasm).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let first = lines.iter().position(|line| line.starts_with("local.get"));
    let end = lines.iter().position(|&line| line == "end").unwrap();
    assert_eq!(
        lines[first.unwrap()..=end].join("\n"),
        "local.get 2
i32.const 2
i32.gt_u
local.get 1
local.get 0
i32.sub
i32.const -1
i32.add
i32.const 31
i32.ge_u
i32.and
if ;; label = @1
loop ;; label = @2
local.get 0
v128.load
local.set 5
local.get 0
v128.load offset=16
local.set 6
local.get 5
v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004
f32x4.add
local.set 7
local.get 6
v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004
f32x4.add
local.set 8
local.get 7
f32x4.sqrt
local.set 5
local.get 8
f32x4.sqrt
local.set 6
local.get 1
local.get 5
v128.store
local.get 1
local.get 6
v128.store offset=16
local.get 0
i32.const 32
i32.add
local.set 0
local.get 1
i32.const 32
i32.add
local.set 1
local.get 2
i32.const -2
i32.add
local.set 2
local.get 2
i32.const 2
i32.gt_u
br_if 0 (;@2;)
end"
    );
}

#[test]
fn loops_of_several_shapes_are_taken() {
    for body in [
        format!("{STORE} {STEPS} {COUNT}"),
        // Counting up, to a bound.
        format!(
            "{STORE} {STEPS} (br_if $again (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (local.get $n)))"
        ),
        // One index, scaled or not.
        "(v128.store (i32.add (local.get $out) (local.get $i)) (v128.load (i32.add (local.get $i) (local.get $in))))
         (br_if $again (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $n)))"
            .to_owned(),
        "(v128.store (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 4)))
            (v128.load (i32.add (i32.shl (local.get $i) (i32.const 4)) (local.get $in))))
         (br_if $again (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))"
            .to_owned(),
        // With a result that only the end sees.
        format!("(local.set $t (f32x4.neg (v128.load (local.get $in)))) {STORE} {STEPS} {COUNT}"),
        // In place.
        format!("(v128.store (local.get $in) (f32x4.neg (v128.load (local.get $in)))) {STEPS} {COUNT}"),
    ] {
        assert!(is_taken(&body), "{body}");
    }
}

#[test]
fn loops_of_other_shapes_are_left() {
    let vector = "(v128.load (local.get $in))";
    for body in [
        // A sum: from one iteration to the next.
        format!("(local.set $t (f32x4.add (local.get $t) {vector})) {STORE} {STEPS} {COUNT}"),
        // What it reads is what the one before it wrote.
        format!("(v128.store offset=16 (local.get $in) (f32x4.neg {vector})) {STEPS} {COUNT}"),
        // Two stores would change places, and a load and a store before it.
        format!("{STORE} {STORE} {STEPS} {COUNT}"),
        format!("{STORE} (local.set $t {vector}) {STEPS} {COUNT}"),
        // Steps that differ.
        format!("{STORE} (local.set $in (i32.add (local.get $in) (i32.const 32))) {STEPS} {COUNT}"),
        format!(
            "(v128.store (local.get $out) {vector}) (local.set $in (i32.add (local.get $in) (i32.const 16))) {COUNT}"
        ),
        // Not a count.
        format!("{STORE} {STEPS} (br_if $again (i32.load (local.get $in)))"),
        format!("{STORE} {STEPS} (br_if $again (i32.ne (local.get $n) (local.get $i)))"),
        format!("{STORE} {STEPS} (br_if $again (v128.any_true {vector}))"),
        // A count of which two at once wrap around.
        format!(
            "{STORE} {STEPS} (br_if $again (local.tee $n (i32.add (local.get $n) (i32.const 0x80000000))))"
        ),
        // Not straight.
        format!("(if (local.get $i) (then {STORE})) {STEPS} {COUNT}"),
        format!("{STORE} {STEPS} {COUNT} (local.set $t {vector})"),
        // An earlier iteration's vector, which only the end sees.
        format!("(local.set $t (local.get $u)) (local.set $u {vector}) {STORE} {STEPS} {COUNT}"),
        // Not of vectors.
        format!("(local.set $t (f64x2.splat (f64.load (local.get $in)))) {STORE} {STEPS} {COUNT}"),
        format!(
            "(v128.store (local.get $out) (i32x4.splat (i32x4.extract_lane 2 {vector}))) {STEPS} {COUNT}"
        ),
        format!(
            "(v128.store (local.get $out) (i32x4.splat (i32.ne (local.get $n) (local.get $i)))) {STEPS} {COUNT}"
        ),
    ] {
        assert!(!is_taken(&body), "{body}");
    }
}

/// Two lanes of float64 as float32, as LLVM has it.
fn first_lanes(vector: &str) -> String {
    format!(
        "(f32x4.replace_lane 1 (f32x4.splat (f32.demote_f64 (f64x2.extract_lane 0 (local.tee $t {vector}))))
            (f32.demote_f64 (f64x2.extract_lane 1 (local.get $t))))"
    )
}

/// Two more.
fn all_lanes(first: &str, vector: &str) -> String {
    format!(
        "(f32x4.replace_lane 3 (f32x4.replace_lane 2 {first}
            (f32.demote_f64 (f64x2.extract_lane 0 (local.tee $u {vector}))))
            (f32.demote_f64 (f64x2.extract_lane 1 (local.get $u))))"
    )
}

#[test]
fn lanes_are_converted_together() {
    let first = first_lanes("(v128.load (local.get $in))");
    let high = "(v128.load offset=16 (local.get $in))";
    let body_of = |value: &str| format!("(v128.store (local.get $out) {value}) {STEPS} {COUNT}");
    let body = body_of(&all_lanes(&first, high));
    let text = wasmprinter::print_bytes(widened(&module_of(&body), 2)).unwrap();
    let (wide, _) = text.split_once("end\n").unwrap();
    assert_eq!(wide.matches("f32x4.demote_f64x2_zero").count(), 4, "{text}");
    assert_eq!(wide.matches("i8x16.shuffle").count(), 2, "{text}");
    assert!(!wide.contains("lane"), "{text}");
    // Other lanes, of another vector, in another place; and a vector that is used before it is complete.
    let used = all_lanes(&format!("(local.tee $v {first})"), high);
    for other in [
        body.replace("1 (local.get $u)", "0 (local.get $u)"),
        body.replace("1 (local.get $u)", "1 (local.get $t)"),
        body.replace("replace_lane 3", "replace_lane 2"),
        body_of(&format!("(v128.xor {used} (local.get $v))")),
    ] {
        assert!(!is_taken(&other), "{other}");
    }
}

/// Numbers that look random: the high bits of a linear congruential generator (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u32) as usize]
    }
}

/// A loop of random operations, addresses and ways to count, and what it is called with.
fn random_loop(random: &mut Random) -> (String, [i32; 4]) {
    let iterations = 1 + random.below(12) as i32;
    let bytes = [8, 16][random.below(2) as usize];
    let load = if bytes == 8 {
        "v128.load64_zero"
    } else {
        "v128.load"
    };
    // A step that is smaller than what is stored, too: stores that overlap.
    let step = [bytes, 16, 24][random.below(3) as usize];
    let indexed = random.below(3) == 0;
    let address = |base: &str| match indexed {
        true => format!("(i32.add (local.get {base}) (local.get $i))"),
        false => format!("(local.get {base})"),
    };
    let mut value = format!("({load} offset={} {})", 8 * random.below(3), address("$in"));
    for _ in 0..random.below(6) {
        let (unary, binary) = (
            ["i32x4.neg", "f32x4.sqrt", "v128.not", "f32x4.abs"],
            [
                "i32x4.add",
                "i32x4.mul",
                "f32x4.mul",
                "i16x8.sub",
                "v128.xor",
            ],
        );
        value = match random.below(6) {
            0 => format!("({} {value})", random.pick(&unary)),
            1 => format!(
                "({} {value} (v128.const i32x4 1 -2 3 {}))",
                random.pick(&binary),
                random.below(9)
            ),
            2 => format!("(i32x4.shl {value} (i32.const {}))", random.below(32)),
            3 => format!(
                "({} (local.tee $t {value}) (local.get $t))",
                random.pick(&binary)
            ),
            4 => all_lanes(
                &first_lanes(&value),
                &format!("({load} {})", address("$in")),
            ),
            _ => {
                let other = address(random.pick(&["$in", "$out"]));
                format!("({} {value} ({load} {other}))", random.pick(&binary))
            }
        };
    }
    let store = format!(
        "(v128.store offset={} {} {value})",
        4 * random.below(3),
        address("$out")
    );
    let add = |local: &str, step: i32| format!("(i32.add (local.get {local}) (i32.const {step}))");
    let (mut steps, mut counted) = (String::new(), [iterations, 0]);
    let condition = if indexed || random.below(2) == 0 {
        counted = [7 + step * iterations, 7];
        let [a, b] = [
            format!("(local.tee $i {})", add("$i", step)),
            "(local.get $n)".to_owned(),
        ];
        format!("(i32.ne {a} {b})")
    } else {
        format!("(local.tee $n {})", add("$n", -1))
    };
    if !indexed {
        for local in ["$in", "$out"] {
            steps += &format!("(local.set {local} {})", add(local, step));
        }
    }
    let start = 512 + random.below(64) as i32;
    let apart = random.below(160) as i32 - 80;
    let body = format!("{store} {steps} (br_if $again {condition})");
    (body, [start, start + apart, counted[0], counted[1]])
}

/// What a loop makes of memory and of its locals.
fn run(wasm: &[u8], args: [i32; 4]) -> (Vec<u8>, String) {
    let engine = Engine::default();
    let module = wasmi::Module::new(&engine, wasm).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine)
        .instantiate_and_start(&mut store, &module)
        .unwrap();
    let memory = instance.get_memory(&store, "memory").unwrap();
    let mut random = Random(1);
    memory.data_mut(&mut store)[..2048].fill_with(|| random.below(256) as u8);
    let mut results = [const { Val::I32(0) }; 6];
    let function = instance.get_func(&store, "run").unwrap();
    function
        .call(&mut store, &args.map(Val::I32), &mut results)
        .unwrap();
    (memory.data(&store)[..2048].to_vec(), format!("{results:?}"))
}

#[test]
fn wide_loops_do_what_loops_did() {
    let mut random = Random(20_260_701);
    let mut taken = 0;
    for case in 0..1000 {
        let (body, args) = random_loop(&mut random);
        let wat = module_of(&body);
        let wide = widened(&wat, 2 + case % 3);
        taken += i32::from(
            wasmprinter::print_bytes(&wide)
                .unwrap()
                .matches("loop")
                .count()
                == 2,
        );
        let narrow = wat::parse_str(&wat).unwrap();
        assert_eq!(
            run(&wide, args),
            run(&narrow, args),
            "case {case} of {args:?}: {body}"
        );
    }
    assert!(taken > 500, "{taken}");
}
