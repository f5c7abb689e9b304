using Net.Cli.CommandLines;
using Net.Cli.Completions;

namespace Net.Tests.Unit.Cli;

/// <summary>What the last word of an unfinished command line may become, as far as no daemon is asked.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("net", "network")]
    [InlineData("network con", "connect")]
    [InlineData("-H unix:///x network disc", "disconnect")]
    [InlineData("run --netw", "--network --network-alias")]
    [InlineData("run -it --rm --cap", "")]
    [InlineData("ps --no", "--no-trunc")]
    [InlineData("ps --he", "--help")]
    [InlineData("daemon --fixed-cidr", "--fixed-cidr --fixed-cidr-v6")]
    [InlineData("completion ", "bash fish zsh")]
    [InlineData("completion z", "zsh")]
    [InlineData("completion bash ", "")]
    [InlineData("network create -d m", "macvlan")]
    [InlineData("network create --driver=m", "--driver=macvlan")]
    [InlineData("network create -d", "-d")]
    [InlineData("network create --subnet ", "")]
    [InlineData("network create ", "")]
    [InlineData("inspect --type c", "container")]
    [InlineData("graph --format ", "dot json mermaid svg text")]
    [InlineData("run -d --env-file ", ":files")]
    [InlineData("run -d ", ":files")]
    [InlineData("run -d sleep -", ":files")]
    [InlineData("run -d -- ", ":files")]
    [InlineData("nonsense ", "")]
    [InlineData("run --nonsense=", "")]
    public async Task Last_word_may_become(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await LinesAsync(line)).Select(word => word.Split('\t')[0])));

    [Fact]
    public async Task Every_command_and_flag_of_the_help_is_offered_with_its_summary()
    {
        string[] root = await LinesAsync("");
        Assert.All(
            new CommandTree().Root.Subcommands.Where(command => !command.Hidden),
            command => Assert.Contains($"{command.Name}\t{command.Description!.Split('\n')[0]}", root));
        Assert.DoesNotContain(root, line => line.StartsWith('-'));
        Assert.Contains(await LinesAsync("stop -"), line => line.StartsWith("--time\t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash", "complete -F _netctl netctl")]
    [InlineData("zsh", "#compdef netctl")]
    [InlineData("fish", "complete -c netctl")]
    public void Each_shell_has_a_script_that_asks_netctl(string shell, string words)
    {
        Assert.Contains(words, CompletionScripts.Of(shell)!, StringComparison.Ordinal);
        Assert.Contains($"'{CompletionAnswer.Directive}'", CompletionScripts.Of(shell)!, StringComparison.Ordinal);
        Assert.Contains(CompletionAnswer.Files, CompletionScripts.Of(shell)!, StringComparison.Ordinal);
    }

    private static async Task<string[]> LinesAsync(string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        await CompletionAnswer.WriteAsync(new CommandTree(), line.Split(' '), output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
