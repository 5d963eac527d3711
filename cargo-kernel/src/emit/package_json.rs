use super::Package;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PackageJson<'a> {
    name: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<Repository>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a str>,
    r#type: &'static str,
    side_effects: bool,
    engines: Engines,
    exports: Exports,
    types: &'static str,
    files: Vec<&'a str>,
    /// Version of the tool; also how it knows its own packages.
    #[serde(rename = "cargo-kernel")]
    tool: &'static str,
}

#[derive(Serialize)]
struct Repository {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Engines {
    node: &'static str,
}

#[derive(Serialize)]
struct Exports {
    #[serde(rename = ".")]
    root: Conditions,
    #[serde(rename = "./package.json")]
    package_json: &'static str,
}

/// In the order in which they are tried.
#[derive(Serialize)]
struct Conditions {
    types: &'static str,
    node: &'static str,
    default: &'static str,
}

/// The text of `package.json`; `texts` are the paths of the other text files.
pub(super) fn emit_package_json<'a>(
    package: &'a Package,
    texts: impl Iterator<Item = &'a str>,
) -> String {
    let mut files: Vec<&str> = texts.collect();
    files.extend(["runtime/sequential.js", "sequential.wasm"]);
    if package.threaded.is_some() {
        files.extend(["runtime/threaded.js", "threaded.wasm"]);
    }
    files.sort_unstable();
    let package_json = PackageJson {
        name: &package.name,
        version: &package.version,
        description: package.description.as_deref(),
        repository: package.repository.as_deref().map(|url| Repository {
            r#type: "git",
            url: git_url(url),
        }),
        license: package.license.as_deref(),
        r#type: "module",
        side_effects: false,
        engines: Engines { node: ">=20" },
        exports: Exports {
            root: Conditions {
                types: "./index.d.ts",
                node: "./node.js",
                default: "./index.js",
            },
            package_json: "./package.json",
        },
        types: "./index.d.ts",
        files,
        tool: env!("CARGO_PKG_VERSION"),
    };
    let mut text = serde_json::to_string_pretty(&package_json).expect("strings and lists alone");
    text.push('\n');
    text
}

/// Cargo wants the page of a repository, npm the address that git clones.
fn git_url(repository: &str) -> String {
    let page = repository.trim_end_matches('/');
    match page.strip_prefix("https://") {
        Some(path) if path.split('/').count() == 3 && !path.ends_with(".git") => {
            format!("git+{page}.git")
        }
        Some(_) => format!("git+{page}"),
        None => repository.to_owned(),
    }
}
