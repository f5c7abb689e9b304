using System.Text.Json.Nodes;
using Net.Api.Containers;
using Net.Cli.Formats;
using Net.Cli.Templates;
using Net.Cli.Terminals;

namespace Net.Tests.Unit.Cli;

/// <summary>What others chose (commands, labels, names) reaches no terminal as a control sequence.</summary>
public sealed class EscapeTests
{
    private const string Erase = "\u001b[2J";

    private static readonly JsonNode Document = JsonNode.Parse(
        """
        {
          "Name": "/web", "Cmd": ["a\n", "\u001b[2J"], "Text": "x\ny\u009b\u202e\u007f\ue000",
          "Config": { "Labels": { "k\u001b": "v\u001b[2J", "plain": "a b \"c\" \\d" } }
        }
        """)!;

    [Theory]
    [InlineData("{{.Text}}", @"x\ny\u009b\u202e\x7f\ue000")]
    [InlineData("{{.Cmd}}", @"[a\n \x1b[2J]")]
    [InlineData("{{.Config.Labels}}", @"map[k\x1b:v\x1b[2J plain:a b ""c"" \d]")]
    [InlineData("{{range .Cmd}}<{{.}}>{{end}}", @"<a\n><\x1b[2J>")]
    [InlineData("{{range $k, $v := .Config.Labels}}{{$k}}={{$v}};{{end}}", @"k\x1b=v\x1b[2J;plain=a b ""c"" \d;")]
    [InlineData("{{join .Cmd \"\\n\"}}", "a\\n\n\\x1b[2J")]
    [InlineData("{{println .Text}}{{upper .Name}}", "x\\ny\\u009b\\u202e\\x7f\\ue000\n/WEB")]
    [InlineData("{{index .Config.Labels \"k\x1b\"}}", @"v\x1b[2J")]
    [InlineData("{{range split .Text \"\\n\"}}[{{.}}]{{end}}", @"[x][y\u009b\u202e\x7f\ue000]")]
    [InlineData("{{len (index .Cmd 1)}} {{eq (index .Cmd 1) \"\x1b[2J\"}}", "4 true")]
    [InlineData("{{json .Cmd}}", """["a\n","\u001B[2J"]""")]
    public void A_format_escapes_what_is_in_the_document_and_keeps_its_own_layout(string format, string expected) =>
        Assert.Equal(expected, Template.Parse(format).Render(TemplateDocument.OfJson(Document)));

    [Fact]
    public void Json_stays_the_same_document_and_is_printable()
    {
        foreach (string? format in (string?[])[null, "json"])
        {
            string text = InspectFormat.Parse(format).Render([TemplateDocument.OfJson(Document)]);
            Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is '\u202e' or '\ue000'));
            JsonNode? parsed = JsonNode.Parse(text);
            Assert.True(JsonNode.DeepEquals(Document, parsed is JsonArray array ? array[0] : parsed));
        }
    }

    [Fact]
    public void The_command_and_labels_of_a_list_are_escaped_as_Go_quotes()
    {
        var container = new ContainerSummary
        {
            Id = new string('b', 64),
            Names = ["/web"],
            Command = $"sh -c {Erase}\a\"",
            Created = 0,
            State = "running",
            Status = "Up",
            Labels = new Dictionary<string, string> { ["k"] = "v" + Erase },
        };
        IReadOnlyList<JsonObject> rows = ContainerRows.Of([container], truncate: false, DateTimeOffset.UnixEpoch);

        string text = ListFormat.Parse("{{.Command}} {{.Labels}} {{.Label \"k\"}}", "").Render(rows, ContainerRows.Headings);

        Assert.Equal("\"sh -c \\x1b[2J\\a\\\"\" k=v\\x1b[2J v\\x1b[2J\n", text);
    }

    [Fact]
    public void Nothing_that_is_printed_as_text_carries_a_control_character()
    {
        var inner = new StringWriter();
        using var writer = new PrintableWriter(inner);

        writer.WriteLine(Erase);
        writer.Write("tab\there\n");
        writer.Write(42);
        writer.Write('\a');
        writer.WriteLine("{0} {1}", "\r", 1);

        Assert.Equal("\\x1b[2J\ntab\there\n42\\a\\r 1\n", inner.ToString());
    }
}
