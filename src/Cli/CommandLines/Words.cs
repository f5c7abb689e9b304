using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>Short ways to make arguments.</summary>
internal static class Words
{
    /// <summary>Exactly one.</summary>
    public static Argument<string> One(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>One or none.</summary>
    public static Argument<string?> Optional(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>At least one.</summary>
    public static Argument<string[]> Some(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
}
