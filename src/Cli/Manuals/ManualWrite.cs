using System.CommandLine;
using Net.Api.Daemons;
using Net.Cli.CommandLines;

namespace Net.Cli.Manuals;

/// <summary><c>netctl manual</c>: writes the manual. It is for whoever packages netctl, and is not listed.</summary>
internal sealed class ManualWrite : Verb
{
    private readonly Command _root;
    private readonly Argument<string> _folder = Positional.One("FOLDER", "The folder to write to; it is made where it is missing");
    private readonly Option<bool> _markdown = Flags.Switch("--markdown", null, "Write Markdown in place of pages for man(1)");

    /// <summary>Makes the verb.</summary>
    /// <param name="root">The command that the manual is of.</param>
    public ManualWrite(Command root)
        : base("manual", "Write the manual as pages for man(1) (man1, man5 and man8) or as Markdown")
    {
        _root = root;
        Hidden = true;
        Add(_markdown);
        Add(_folder);
    }

    public override bool UsesDaemon => false;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl manual /usr/local/share/man\nnetctl manual --markdown docs/reference";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string folder = parsed.GetValue(_folder)!;
        IReadOnlyList<ManualPage> pages = Manual.Of(_root);
        IReadOnlyDictionary<string, string> files =
            parsed.GetValue(_markdown) ? Manual.InMarkdown(pages) : Manual.ForMan(pages, ProductVersion.Number);
        foreach ((string name, string text) in files)
        {
            string file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }

        return 0;
    }
}
