using System.CommandLine;
using Net.Api.Texts;

namespace Net.Cli.CommandLines;

/// <summary>
/// Splits a command line by Docker's rules before System.CommandLine parses it: options may be bundled (<c>-it</c>), joined to their value
/// (<c>-p80:80</c>) and placed among the arguments, and they end at the command that <c>run</c> and <c>exec</c> are to start; <c>@file</c>
/// is not expanded. Of an option that takes one value and is given several times the last value counts.
/// </summary>
internal sealed class CommandLineSplitter
{
    private readonly IReadOnlyList<string> _args;
    private readonly List<string> _names = [];
    private readonly List<(Option Option, string Value)> _options = [];
    private readonly List<string> _arguments = [];
    private Command _command;
    private string _path;
    private bool _asksForHelp;
    private int _at;

    private CommandLineSplitter(Command root, IReadOnlyList<string> args)
    {
        _command = root;
        _path = root.Name;
        _args = args;
    }

    /// <summary>Splits the arguments after the program's name.</summary>
    /// <exception cref="UsageException">A command or flag is unknown, or a flag lacks its value.</exception>
    public static CommandLine Split(Command root, IReadOnlyList<string> args)
    {
        var splitter = new CommandLineSplitter(root, args);
        splitter.Run();
        return new CommandLine(
            splitter._command,
            splitter._path,
            [.. splitter._names, .. splitter.OptionWords(), "--", .. splitter._arguments],
            splitter._asksForHelp);
    }

    private void Run()
    {
        while (_at < _args.Count)
        {
            string word = _args[_at++];
            if (word == "--")
            {
                TakeRest();
            }
            else if (word.StartsWith("--", StringComparison.Ordinal))
            {
                Long(word[2..]);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                Short(word);
            }
            else if (_command is Verb verb)
            {
                _arguments.Add(word);
                if (verb.OptionsEndAtFirstArgument)
                {
                    TakeRest();
                }
            }
            else
            {
                Descend(word);
            }
        }

        if (!_asksForHelp && _command is Verb)
        {
            CheckCount();
        }
    }

    private void TakeRest()
    {
        for (; _at < _args.Count; _at++)
        {
            _arguments.Add(_args[_at]);
        }
    }

    private void Descend(string word)
    {
        _command = _command.Subcommands.FirstOrDefault(c => c.Name == word || c.Aliases.Contains(word))
            ?? throw Wrong($"unknown command: {_path} {word}{WhyNoCommand(word)}");
        _path += " " + _command.Name;
        _names.AddRange(OptionWords());
        _options.Clear();
        _names.Add(_command.Name);
    }

    // What Docker has at this place comes before what is spelt alike.
    private string WhyNoCommand(string word) => !_command.Parents.Any() && NotServed.Command(word) is { Length: > 0 } why
        ? why
        : Suggestion.Of(word, CommandUsage.CommandsOf(_command).SelectMany(NamesOf));

    private string WhyNoFlag(string name) =>
        NotServed.Flag(_path, name) is { Length: > 0 } why ? why : Suggestion.Of(name, LongNames());

    private void Long(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = "--" + (equals < 0 ? word : word[..equals]);
        if (name == "--help")
        {
            _asksForHelp = true;
            return;
        }

        Option option = Find(name) ?? throw Wrong($"unknown flag: {name}{WhyNoFlag(name)}");
        string? value = equals < 0 ? null : word[(equals + 1)..];
        Add(option, name, value ?? (IsSwitch(option) ? "true" : Next(name)));
    }

    private void Short(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            string name = $"-{word[i]}";
            if (Find(name) is not { } option)
            {
                if (name == "-h")
                {
                    _asksForHelp = true;
                    continue;
                }

                string why = NotServed.Flag(_path, name);
                throw Wrong(word.Length == 2
                    ? $"unknown shorthand flag: {name}{why}"
                    : $"unknown shorthand flag: '{word[i]}' in {word}{(why.Length > 0 ? why : Suggestion.Of("-" + word, LongNames()))}");
            }

            bool glued = i + 1 < word.Length;
            if (IsSwitch(option) && !(glued && word[i + 1] == '='))
            {
                Add(option, name, "true");
                continue;
            }

            string rest = glued ? word[(i + 1)..] : Next($"'{word[i]}' in {word}");
            Add(option, name, glued && rest[0] == '=' ? rest[1..] : rest);
            return;
        }
    }

    private void Add(Option option, string typed, string value)
    {
        if (IsSwitch(option))
        {
            // The values that Go's strconv.ParseBool accepts.
            value = value switch
            {
                "1" or "t" or "T" or "true" or "True" or "TRUE" => "true",
                "0" or "f" or "F" or "false" or "False" or "FALSE" => "false",
                _ => throw Wrong($"invalid argument \"{value}\" for \"{typed}\" flag: it takes true or false"),
            };
        }

        if (option.Arity.MaximumNumberOfValues <= 1)
        {
            if (option.Name == CommandTree.HostName && _options.Any(o => o.Option == option))
            {
                throw Wrong("specify only one -H");
            }

            _options.RemoveAll(o => o.Option == option);
        }

        _options.Add((option, value));
    }

    // System.CommandLine takes "--name=" for an option without a value.
    private IEnumerable<string> OptionWords() =>
        _options.SelectMany(o => o.Value.Length > 0 ? (string[])[$"{o.Option.Name}={o.Value}"] : [o.Option.Name, ""]);

    private IEnumerable<string> LongNames() => _command.Options.SelectMany(o => o.Aliases.Append(o.Name)).Append("--help");

    private string Next(string flag) => _at < _args.Count ? _args[_at++] : throw Wrong($"flag needs an argument: {flag}");

    private Option? Find(string name) => _command.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));

    private static IEnumerable<string> NamesOf(Command command) => command.Aliases.Append(command.Name);

    private static bool IsSwitch(Option option) => option.ValueType == typeof(bool) || option.ValueType == typeof(bool?);

    private void CheckCount()
    {
        int least = _command.Arguments.Sum(a => a.Arity.MinimumNumberOfValues);
        int most = _command.Arguments.Any(a => a.Arity.MaximumNumberOfValues > 1)
            ? int.MaxValue
            : _command.Arguments.Sum(a => a.Arity.MaximumNumberOfValues);
        if (_arguments.Count >= least && _arguments.Count <= most)
        {
            return;
        }

        string arguments = string.Join(' ', _command.Arguments.Select(a => a.HelpName ?? a.Name));
        string wants = arguments.Length == 0 ? "takes no arguments" : $"takes {arguments}";
        string extra = _arguments.Count > most ? $"; \"{_arguments[most]}\" is one too many" : "";
        throw Wrong($"\"{_path}\" {wants} and has {_arguments.Count} {(_arguments.Count == 1 ? "argument" : "arguments")}{extra}");
    }

    private UsageException Wrong(string message) => new(message, _path, (_command as Verb)?.FailureExitCode ?? 1);
}
