using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary><c>netctl help</c>: prints the help of a command, as its <c>--help</c> does.</summary>
internal sealed class HelpShow : Verb
{
    private readonly Command _root;
    private readonly Argument<string[]> _words = new("COMMAND")
    {
        Description = "The command, such as network create; netctl itself when not given",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Makes the verb.</summary>
    /// <param name="root">The command whose subcommands can be asked for.</param>
    public HelpShow(Command root)
        : base("help", "Show how a command is used")
    {
        _root = root;
        Add(_words);
    }

    public override bool UsesDaemon => false;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl help network create";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        CommandLine line = CommandLineSplitter.Split(_root, ["--help", .. parsed.GetValue(_words)!]);
        context.Output.Write(HelpText.Of(line.Command, line.Path, HelpWidth.Of()));
        return Task.FromResult(0);
    }
}
