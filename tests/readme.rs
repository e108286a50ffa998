//! The README's sessions, run as they stand, on a copy of the example book.

#[test]
fn every_session_of_the_readme_is_true() {
    let folder = tempfile::tempdir().expect("a folder");
    for file in ["README.md", "contacts.example.toml"] {
        std::fs::copy(file, folder.path().join(file)).expect("copied");
    }
    let connections = folder.path().join("Connections.csv");
    std::fs::copy("tests/samples/linkedin.csv", connections).expect("copied");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        let book = folder.path().join("contacts.example.toml");
        std::fs::set_permissions(book, mode).expect("set");
    }
    std::env::set_current_dir(folder.path()).expect("moved there");
    let readme = folder.path().join("README.md");
    trycmd::TestCases::new()
        .env("NETKEEP_FILE", "contacts.example.toml")
        .env(
            "XDG_STATE_HOME",
            folder.path().join("state").to_string_lossy().as_ref(),
        )
        .env("NETKEEP_TODAY", "2026-11-23")
        .env("COLUMNS", "100")
        .case(&readme)
        .run();
}
