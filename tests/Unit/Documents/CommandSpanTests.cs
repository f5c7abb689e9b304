using Net.Cli.CommandLines;
using Net.Tests.TestKit.Documents;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Documents;

/// <summary>Commands of netctl in the sentences of pages have verbs and flags that are there. What stands for a value, in capitals or left
/// out, is not looked at.</summary>
public sealed class CommandSpanTests
{
    public static TheoryData<string> Pages => [.. PageFiles.Under(Repository.Root)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Verbs_and_flags_in_sentences_are_there(string path)
    {
        IEnumerable<string> wrong =
            from span in PageProse.Spans(File.ReadAllText(Path.Combine(Repository.Root, path)))
            let fault = FaultOf(span.Code)
            where fault is not null
            select $"{path}:{span.Line}: `{span.Code}`: {fault}";
        Faults.AssertNone(wrong);
    }

    [Theory]
    [InlineData("netctl network create -d DRIVER NAME", null)]
    [InlineData("netctl network create [--internal] ...", null)]
    [InlineData("netctl daemon --icc", null)]
    [InlineData("netctl.antispoof", null)]
    [InlineData("netctl network crate", "unknown command")]
    [InlineData("netctl network create --internl NAME", "unknown flag")]
    [InlineData("netctl network create -z NAME", "unknown shorthand flag")]
    public void A_wrong_word_is_told_from_what_is_left_out(string code, string? fault)
    {
        string? seen = FaultOf(code);
        Assert.True(fault is null ? seen is null : seen?.StartsWith(fault, StringComparison.Ordinal) == true, $"{code}: {seen}");
    }

    private static string? FaultOf(string code)
    {
        if (!code.StartsWith("netctl ", StringComparison.Ordinal))
        {
            return null;
        }

        string[] words =
        [
            .. code.Split(' ').Skip(1).Select(word => word.Trim('[', ']')).TakeWhile(word => word is not ("|" or "&&" or "...")),
        ];
        try
        {
            CommandLineSplitter.Split(new CommandTree().Root, words);
            return null;
        }
        catch (UsageException error)
        {
            return error.Message.StartsWith("unknown", StringComparison.Ordinal) ? error.Message : null;
        }
    }
}
