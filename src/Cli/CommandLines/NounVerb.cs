using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>A verb under a noun, such as <c>netctl container rm</c>, that is the same as a verb of its own, <c>netctl rm</c>.</summary>
internal sealed class NounVerb : Verb
{
    private const int LongestExample = 78;

    private readonly Verb _verb;
    private readonly string _noun;

    /// <summary>Makes the verb.</summary>
    /// <param name="noun">The noun.</param>
    /// <param name="verb">The verb that it is the same as; made for this one.</param>
    /// <param name="name">Its name under the noun; null for the verb's own.</param>
    /// <param name="aliases">Further names.</param>
    public NounVerb(string noun, Verb verb, string? name = null, params string[] aliases)
        : base(name ?? verb.Name, verb.Description!)
    {
        _noun = noun;
        _verb = verb;
        foreach (Option option in verb.Options)
        {
            Add(option);
        }

        foreach (Argument argument in verb.Arguments)
        {
            Add(argument);
        }

        foreach (string alias in aliases)
        {
            Aliases.Add(alias);
        }
    }

    /// <summary>The verb that it is the same as.</summary>
    public Verb Same => _verb;

    public override bool TakesDryRun => _verb.TakesDryRun;

    public override bool OptionsEndAtFirstArgument => _verb.OptionsEndAtFirstArgument;

    public override int FailureExitCode => _verb.FailureExitCode;

    public override int RefusalExitCode => _verb.RefusalExitCode;

    public override IReadOnlyList<ExitStatus> ExitStatuses => _verb.ExitStatuses;

    public override bool Removes(ParseResult parsed) => _verb.Removes(parsed);

    public override bool UsesDaemon => _verb.UsesDaemon;

    /// <summary>The verb's own examples, less those that become too long.</summary>
    public override string Example =>
        string.Join('\n', _verb.Example.Split('\n').Select(InNoun).Where(line => line.Length <= LongestExample));

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken) =>
        _verb.RunAsync(parsed, context, cancellationToken);

    private string InNoun(string example)
    {
        int at = example.IndexOf($" {_verb.Name}", StringComparison.Ordinal);
        return at < 0 ? example : $"{example[..at]} {_noun} {Name}{example[(at + 1 + _verb.Name.Length)..]}";
    }
}
