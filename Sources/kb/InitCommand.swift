import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes commented settings files into the current folder.",
        discussion: "Example: kb init\n\nThe files belong in git; state goes to .kb/, which does not. "
            + "A file that is there already is left as it is.")

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let location: Location
        if global.folder != nil || GlobalOptions.environment["KB_DIR"]?.isEmpty == false {
            location = global.located.location
        } else {
            location = Location(state: FileManager.default.currentDirectoryPath + "/.kb")
        }
        _ = try Engine(at: location, create: true, encoder: { throw KnowledgeBaseError.noEncoder(searched: []) })
        for (path, text) in [
            (location.settings, SettingsTemplate.settings), (location.policy, PolicyTemplate.text),
            (location.synonyms, SettingsTemplate.synonyms),
        ] {
            if FileManager.default.fileExists(atPath: path) {
                if !global.quiet { Console.error("\(path) is there already; left as it is") }
                continue
            }
            do {
                try Data(text.utf8).write(to: URL(filePath: path))
            } catch {
                throw KnowledgeBaseError.unwritable(path: path)
            }
            Console.print("wrote \(path)")
        }
        Console.print("next: kb ingest FOLDER")
    }
}

/// What `kb init` writes.
enum SettingsTemplate {
    static let settings = """
        # kb settings. This file belongs in git; the state in .kb/ does not.
        # It is data only: it cannot make kb run a command, open a connection or read outside this folder.

        # Sources may be named here so that `kb ingest` without a path knows them, and so that urls follow from paths.
        # sources:
        #   help:
        #     path: docs/help              # relative to this file
        #     base_url: https://help.example.com/
        #     style: mkdocs                # docusaurus, mkdocs, hugo, jekyll or plain
        #   tickets:
        #     path: exports/tickets.jsonl
        #     kind: tickets

        # Which share of your customers' questions some article answers, where labels do not say; the default is 0.5.
        # calibration:
        #   assumed_answerable_share: 0.7

        # Encoder: the name of a folder in the models folder (`kb model ls`).
        # model: all-MiniLM-L6-v2

        # Threads of the encoder; by default all cores.
        # threads: 2

        """
    static let synonyms = """
        # Words that mean the same to your customers. Each line is a group; order does not matter.
        # - [sign in, log in, login]
        # - [2FA, two-factor authentication, second factor]

        """
}
