using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Completions;

/// <summary>What stands at the end of a command line that is being typed, by the rules of
/// <see cref="CommandLineSplitter"/>.</summary>
internal sealed class CompletionPlace
{
    private readonly CommandTree _tree;
    private int _arguments;
    private bool _optionsHaveEnded;
    private bool _isUnknown;
    private Option? _lacksValue;

    private CompletionPlace(CommandTree tree)
    {
        _tree = tree;
        Command = tree.Root;
    }

    /// <summary>The command that the line has come to.</summary>
    public Command Command { get; private set; }

    /// <summary>The option or argument whose value the last word is; null when the word is the name of a command or an option, or
    /// nothing that netctl knows.</summary>
    public Symbol? ValueOf { get; private set; }

    /// <summary>Whether the last word is the name of an option, or else that of a command.</summary>
    public bool IsOptionName { get; private set; }

    /// <summary>Whether nothing can be said of the last word.</summary>
    public bool IsNothing { get; private set; }

    /// <summary>What the last word begins with and is not of the value: <c>--network=</c>, or empty.</summary>
    public string Lead { get; private set; } = "";

    /// <summary>The beginning of the value or name.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>The daemon's socket that the line names; null for none.</summary>
    public string? Host { get; private set; }

    /// <summary>Finds the place.</summary>
    /// <param name="tree">The commands.</param>
    /// <param name="words">The words after the program's name; the last is the one to complete, and may be empty.</param>
    public static CompletionPlace Of(CommandTree tree, IReadOnlyList<string> words)
    {
        var place = new CompletionPlace(tree);
        foreach (string word in words.SkipLast(1))
        {
            place.Pass(word);
        }

        place.End(words.Count > 0 ? words[^1] : "");
        return place;
    }

    private void Pass(string word)
    {
        if (_lacksValue is { } option)
        {
            _lacksValue = null;
            Keep(option, word);
        }
        else if (_optionsHaveEnded)
        {
            _arguments++;
        }
        else if (word == "--")
        {
            _optionsHaveEnded = true;
        }
        else if (word.StartsWith("--", StringComparison.Ordinal))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            Take(Find(equals < 0 ? word : word[..equals]), equals < 0 ? null : word[(equals + 1)..]);
        }
        else if (word.Length > 1 && word[0] == '-')
        {
            PassShort(word);
        }
        else if (Command is Verb verb)
        {
            _arguments++;
            _optionsHaveEnded = verb.OptionsEndAtFirstArgument;
        }
        else if (Command.Subcommands.FirstOrDefault(c => c.Name == word || c.Aliases.Contains(word)) is { } next)
        {
            Command = next;
        }
        else
        {
            _isUnknown = true;
        }
    }

    // Letters of switches, up to one of an option with a value: -it, -p80:80.
    private void PassShort(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (Find($"-{word[i]}") is { } option && !IsSwitch(option))
            {
                Take(option, i + 1 < word.Length ? word[(i + 1)..] : null);
                return;
            }
        }
    }

    private void Take(Option? option, string? value)
    {
        if (option is null || IsSwitch(option))
        {
            return;
        }

        if (value is null)
        {
            _lacksValue = option;
        }
        else
        {
            Keep(option, value);
        }
    }

    private void Keep(Option option, string value) => Host = option == _tree.Host ? value : Host;

    private void End(string word)
    {
        Typed = word;
        if (_isUnknown)
        {
            IsNothing = true;
        }
        else if (_lacksValue is { } option)
        {
            ValueOf = option;
        }
        else if (!_optionsHaveEnded && word.StartsWith("--", StringComparison.Ordinal) && word.Contains('=', StringComparison.Ordinal))
        {
            int value = word.IndexOf('=', StringComparison.Ordinal) + 1;
            (Lead, Typed) = (word[..value], word[value..]);
            ValueOf = Find(word[..(value - 1)]);
            IsNothing = ValueOf is null;
        }
        else if (!_optionsHaveEnded && word.StartsWith('-'))
        {
            IsOptionName = true;
        }
        else if (Command is Verb)
        {
            ValueOf = Command.Arguments.ElementAtOrDefault(_arguments)
                ?? Command.Arguments.LastOrDefault(argument => argument.Arity.MaximumNumberOfValues > 1);
            IsNothing = ValueOf is null;
        }
    }

    private Option? Find(string name) => Command.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));

    private static bool IsSwitch(Option option) => option.ValueType == typeof(bool) || option.ValueType == typeof(bool?);
}
