using System.CommandLine;
using Net.Api.Clients;
using Net.Cli.CommandLines;
using Net.Cli.Completions;
using Net.Cli.Daemons;
using Net.Cli.Templates;
using Net.Linux;
using Net.Linux.Terminals;

namespace Net.Cli;

/// <summary>One run of netctl, from its arguments to an exit code. Every error is reported in one sentence.</summary>
internal sealed class Application(TextWriter output, TextWriter error)
{
    private const int BrokenPipeExitCode = 141; // 128 + SIGPIPE, as a shell reports it
    private const int InterruptedExitCode = 130; // 128 + SIGINT

    private readonly CommandTree _tree = new();

    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args.Count > 0 && args[0] == CompletionAnswer.Directive)
        {
            return await SuggestAsync([.. args.Skip(1)]);
        }

        int failure = 1;
        int refusal = 1;
        bool runsDaemon = false;
        try
        {
            CommandLine line = CommandLineSplitter.Split(_tree.Root, args);
            if (line.AsksForHelp || line.Command is not Verb verb)
            {
                bool asksForVersion = !line.AsksForHelp && Parse(line).GetValue(_tree.Version);
                output.Write(asksForVersion ? VersionShow.Line() + "\n" : HelpText.Of(line.Command, line.Path, HelpWidth.Of()));
                return 0;
            }

            failure = verb.FailureExitCode;
            refusal = verb.RefusalExitCode;
            runsDaemon = !verb.UsesDaemon;
            return await RunAsync(verb, line);
        }
        catch (UsageException e)
        {
            error.WriteLine($"{ErrorText.OfClient(e)}\nSee '{e.Path} --help'.");
            return e.ExitCode;
        }
        catch (ApiException e)
        {
            error.WriteLine(ErrorText.Of(e));
            return e.ExitCode ?? refusal;
        }
        catch (LinuxException e) when (e.Errno == Errno.BrokenPipe)
        {
            return BrokenPipeExitCode;
        }
        catch (OperationCanceledException)
        {
            return InterruptedExitCode;
        }
        catch (Exception e) when (e is DaemonUnreachableException or FormatException or TemplateException
            or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(ErrorText.OfClient(e));
            return failure;
        }
        catch (TypeInitializationException e) when (e.GetBaseException() is DllNotFoundException missing)
        {
            error.WriteLine(
                $"netctl: a library that belongs beside {Environment.ProcessPath} cannot be loaded ({missing.Message.Split('.')[0]}): "
                    + "keep the files of one installation together");
            return failure;
        }
        catch (Exception e) when (!runsDaemon)
        {
            error.WriteLine($"netctl: an error nobody expected, {e.GetType().Name}: {TerminalText.Escape(e.Message)}");
            return failure;
        }
    }

    // Who presses Tab has no use for an error: a daemon that is not there has no names.
    private async Task<int> SuggestAsync(IReadOnlyList<string> words)
    {
        try
        {
            await CompletionAnswer.WriteAsync(_tree, words, output);
            return 0;
        }
        catch (Exception)
        {
            return 1;
        }
    }

    private async Task<int> RunAsync(Verb verb, CommandLine line)
    {
        ParseResult parsed = Parse(line);
        if (parsed.Errors.Count > 0)
        {
            throw new UsageException(parsed.Errors[0].Message, line.Path, verb.FailureExitCode);
        }

        bool dryRun = parsed.GetValue(_tree.DryRun);
        if (dryRun && !verb.TakesDryRun)
        {
            throw new UsageException(
                $"--dry-run is not for \"{line.Path}\", only for commands that make, connect, disconnect, run, remove, "
                    + "publish or unpublish", line.Path, verb.FailureExitCode);
        }

        DaemonAddress address = verb.UsesDaemon ? AddressOf(parsed) : DaemonAddress.Default;
        using var client = new ApiClient(address, sentence => error.WriteLine($"netctl: {TerminalText.Escape(sentence)}"));
        int status = await verb.RunAsync(
            parsed, new VerbContext(client, output, error, dryRun, TimeProvider.System), CancellationToken.None);
        if (!dryRun && verb.Removes(parsed))
        {
            await SettleAsync(client);
        }

        return status;
    }

    // What was asked for is done, whatever comes of this.
    private static async Task SettleAsync(ApiClient client)
    {
        try
        {
            await client.SettleAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is ApiException or DaemonUnreachableException)
        {
            // The daemon ends, or is of an earlier version.
        }
    }

    private ParseResult Parse(CommandLine line) => _tree.Root.Parse(
        line.Words, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    private DaemonAddress AddressOf(ParseResult parsed)
    {
        string? text = parsed.GetValue(_tree.Host) ?? Environment.GetEnvironmentVariable("NETCTL_HOST");
        return string.IsNullOrEmpty(text) ? DaemonAddress.Default : DaemonAddress.Parse(text);
    }
}
