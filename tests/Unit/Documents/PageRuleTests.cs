using System.Text.RegularExpressions;
using Net.Tests.TestKit.Documents;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Documents;

/// <summary>Pages have their commands where tests find them.</summary>
public sealed partial class PageRuleTests
{
    public static TheoryData<string> Pages => [.. PageFiles.Under(Repository.Root)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_command_can_be_told_from_what_is_shown(string path)
    {
        Page page = PageReader.Read(path, Text(path));
        foreach (PageBlock block in page.Blocks.Where(block => block.IsRun))
        {
            Assert.NotEmpty(BlockCommands.Of(page, block));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_is_no_command_does_not_look_like_one(string path)
    {
        IEnumerable<string> hidden =
            from block in PageReader.Read(path, Text(path)).Blocks
            where !block.HasCommands && block.Language != "yaml"
            from line in block.Lines.Index()
            where Command().IsMatch(line.Item)
            select $"{path}:{block.Line + 1 + line.Index}: put it into a block of sh or console: {line.Item}";
        Faults.AssertNone(hidden);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_another_test_runs_stands_there_in_the_same_words(string path)
    {
        IEnumerable<string> missing =
            from block in PageReader.Read(path, Text(path)).Blocks
            where block.RunBy is not null
            let runner = string.Join('\n', Text(block.RunBy!).Split('\n').Where(line => !Comment().IsMatch(line)))
            from line in block.Lines
            let command = Remark().Replace(Prompt().Replace(line, ""), "").Trim()
            where command.Length > 0 && (block.Language == "sh" || Prompt().IsMatch(line))
            where !runner.Contains(command.StartsWith("./", StringComparison.Ordinal) ? command[2..] : command, StringComparison.Ordinal)
            select $"{path}:{block.Line}: {block.RunBy} does not run this: {command}";
        Faults.AssertNone(missing);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_paragraph_announces_comes_next(string path) => Faults.AssertNone(
        from one in PageProse.Announcements(Text(path))
        where !Announced().IsMatch(one.Next)
        select $"{path}:{one.Line}: \"{one.Announcing}\" is followed by: {one.Next}");

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"^(\$ |# |sudo |netctl |docker |ip |nft |iptables |systemctl |apt-get |\./)")]
    private static partial Regex Command();

    // In C# and in a shell's script.
    [GeneratedRegex(@"^\s*(//|#)")]
    private static partial Regex Comment();

    // A block, a table, a list, a picture or a quotation.
    [GeneratedRegex(@"^ *(```|\||[-*>] |\d+\. |!\[|<)")]
    private static partial Regex Announced();

    [GeneratedRegex(@"^([a-z][a-z0-9-]*)?\$ ")]
    private static partial Regex Prompt();

    [GeneratedRegex("(^| +)# .*$")]
    private static partial Regex Remark();
}
