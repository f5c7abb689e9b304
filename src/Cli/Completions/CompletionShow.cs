using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Completions;

/// <summary><c>netctl completion</c>: prints the script by which a shell completes netctl's command lines.</summary>
internal sealed class CompletionShow : Verb
{
    private readonly Argument<string> _shell = Positional.One("SHELL", "bash, zsh or fish");

    public CompletionShow()
        : base("completion",
            "Print a script that completes commands, flags and names in a shell\n"
            + "For this shell alone: source <(netctl completion bash), source <(netctl completion zsh), netctl completion fish | source.\n"
            + "For all: bash reads /usr/share/bash-completion/completions/netctl, zsh /usr/share/zsh/vendor-completions/_netctl, and fish "
            + "~/.config/fish/completions/netctl.fish.\n"
            + "Names of networks and containers are asked from the daemon; without one there are none.")
    {
        _shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        Add(_shell);
    }

    public override bool UsesDaemon => false;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl completion bash\n"
        + "netctl completion fish";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string shell = parsed.GetValue(_shell)!;
        context.Output.Write(CompletionScripts.Of(shell) ?? throw new FormatException(
            $"there is no completion for {TerminalText.Word(shell)}; name one of {string.Join(", ", CompletionScripts.Shells)}"));
        return Task.FromResult(0);
    }
}
