using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>Makes the positional arguments of commands.</summary>
internal static class Positional
{
    /// <summary>An argument that is given exactly once.</summary>
    public static Argument<string> One(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An argument that is given at most once.</summary>
    public static Argument<string?> Optional(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>An argument that is given any number of times.</summary>
    public static Argument<string[]> Any(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };

    /// <summary>An argument that is given at least once.</summary>
    public static Argument<string[]> Some(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
}
