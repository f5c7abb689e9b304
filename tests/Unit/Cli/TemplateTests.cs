using System.Text.Json.Nodes;
using Net.Cli.Templates;

namespace Net.Tests.Unit.Cli;

public sealed class TemplateTests
{
    private static readonly JsonNode Document = JsonNode.Parse(
        """
        {
          "Name": "/web", "Id": "abc", "Running": true, "Pid": 42, "Nothing": null, "Args": ["-f", "a b"], "Empty": [],
          "NetworkSettings": {
            "Networks": { "front": { "IPAddress": "172.18.0.2" }, "back": { "IPAddress": "172.19.0.2" } },
            "Ports": { "80/tcp": [ { "HostIp": "0.0.0.0", "HostPort": "8080" } ], "90/tcp": null }
          },
          "IPAM": { "Config": [ { "Subnet": "172.18.0.0/22" } ] },
          "Labels": { "a.b": "1" }
        }
        """)!;

    [Theory]
    [InlineData("{{.Name}}", "/web")]
    [InlineData("id={{.Id}}, {{ .Running }} {{.Pid}}", "id=abc, true 42")]
    [InlineData("{{.NetworkSettings.Networks.front.IPAddress}}", "172.18.0.2")]
    [InlineData("{{json .Args}}", "[\"-f\",\"a b\"]")]
    [InlineData("{{.Args | json}}", "[\"-f\",\"a b\"]")]
    [InlineData("{{join .Args \", \"}}", "-f, a b")]
    [InlineData("{{upper .Id}} {{.Id | upper | lower}}", "ABC abc")]
    [InlineData("{{len .Args}} {{len .Id}} {{len .Empty}}", "2 3 0")]
    [InlineData("{{println .Id .Pid}}", "abc 42\n")]
    [InlineData("{{range .Args}}[{{.}}]{{end}}", "[-f][a b]")]
    [InlineData("{{range .Empty}}x{{else}}none{{end}}", "none")]
    [InlineData("{{range $k, $v := .NetworkSettings.Networks}}{{$k}}={{$v.IPAddress}} {{end}}", "back=172.19.0.2 front=172.18.0.2 ")]
    [InlineData("{{range $i, $a := .Args}}{{$i}}:{{$a}} {{end}}", "0:-f 1:a b ")]
    [InlineData("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{$.Id}};{{end}}", "172.19.0.2 abc;172.18.0.2 abc;")]
    [InlineData("{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}", "8080")]
    [InlineData("{{with .Id}}<{{.}}>{{end}}{{with .Nothing}}no{{end}}", "<abc>")]
    [InlineData("{{if .Running}}up{{else}}down{{end}}", "up")]
    [InlineData("{{if .Nothing}}a{{else if eq .Pid 42}}b{{else}}c{{end}}", "b")]
    [InlineData("{{if and .Running (ne .Id \"x\")}}yes{{end}}", "yes")]
    [InlineData("{{$x := .Id}}{{$x}}-{{$x}}", "abc-abc")]
    [InlineData("{{.Args}} {{.Labels}} {{.Nothing}}", "[-f a b] map[a.b:1] <no value>")]
    [InlineData("a {{- .Id -}} b", "aabcb")]
    [InlineData("{{/* nothing */}}x", "x")]
    [InlineData("{{.Id}}\\t{{.Pid}}\\n", "abc\t42\n")]
    [InlineData("{{index .Labels \"a.b\"}}", "1")]
    [InlineData("{{printf \"%s %v %d %q %t\" .Id .Name .Pid .Name .Running}}", "abc /web 42 \"/web\" true")]
    [InlineData("{{printf \"%-6s|%6s|%.2s|%05d|%+d|%x|%X|%#x|%%\" .Id .Id .Id .Pid .Pid .Pid .Id .Pid}}",
        "abc   |   abc|ab|00042|+42|2a|616263|0x2a|%")]
    [InlineData("{{printf \"%d %s %d\" .Id .Pid}}", "%!d(string=abc) %!s(int=42) %!d(MISSING)")]
    [InlineData("{{printf \"x\" .Pid .Id}}{{printf \"%\"}}{{printf \"%z\" .Pid}}", "x%!(EXTRA int=42, string=abc)%!(NOVERB)%!z(int=42)")]
    [InlineData("{{.Id | printf \"<%5s>\"}}", "<  abc>")]
    [InlineData("{{printf \"%v %s\" .Args .Args}}", "[-f a b] [-f a b]")]
    [InlineData("{{printf \"%q\" \"a\\x1b\"}}", "\"ax1b\"")]
    [InlineData(
        "{{slice .Id 1}} {{slice .Id 1 2}} {{slice .Id}} {{slice .Args 1}} {{(slice .Args 0 1) | json}}", "bc b abc [a b] [\"-f\"]")]
    [InlineData("[{{pad .Id 1 2}}] [{{pad \"\" 1 2}}]", "[ abc  ] []")]
    [InlineData("{{.}}x{{json .Nothing}}", null)]
    public void A_format_prints_what_Go_prints(string format, string? expected)
    {
        string printed = Template.Parse(format).Render(TemplateDocument.OfJson(Document));

        Assert.Equal(expected ?? printed, printed);
    }

    [Theory]
    [InlineData("{{.Nmae}}", "Nmae")]
    [InlineData("{{.Name.First}}", "First")]
    [InlineData("{{.NetworkSettings.Networks.nosuch.IPAddress}}", "nosuch")]
    [InlineData("{{.Name", "not closed")]
    [InlineData("{{nosuch .Name}}", "nosuch")]
    [InlineData("{{range .Args}}", "{{end}}")]
    [InlineData("{{end}}", "end")]
    [InlineData("{{}}", "missing")]
    [InlineData("{{.Name | }}", "missing")]
    [InlineData("{{\"a}}", "quote")]
    [InlineData("{{join .Args}}", "join")]
    [InlineData("{{index .Args 7}}", "7")]
    [InlineData("{{range .Name}}{{end}}", "range")]
    [InlineData("{{$x}}", "$x")]
    [InlineData("{{ % }}", "%")]
    [InlineData("{{12x}}", "12x")]
    [InlineData("{{.Name 1}}", "arguments")]
    [InlineData("{{.Labels.nosuch}}", "nosuch")]
    [InlineData("{{slice .Id 4}}", "4")]
    [InlineData("{{slice .Id 2 1}}", "1")]
    [InlineData("{{slice .Pid 1}}", "slice")]
    [InlineData("{{slice}}", "slice")]
    [InlineData("{{pad .Id 1}}", "pad")]
    [InlineData("{{pad .Id -1 0}}", "pad")]
    [InlineData("{{printf}}", "printf")]
    public void What_cannot_be_printed_is_said_with_its_name(string format, string word)
    {
        TemplateException error = Assert.Throws<TemplateException>(() => Template.Parse(format).Render(TemplateDocument.OfJson(Document)));

        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack()
    {
        string blocks = string.Concat(Enumerable.Repeat("{{if .}}", 100_000));
        string groups = "{{" + new string('(', 100_000) + "}}";

        Assert.Throws<TemplateException>(() => Template.Parse(blocks));
        Assert.Throws<TemplateException>(() => Template.Parse(groups));
    }

    [Fact]
    public void Any_text_is_printed_or_refused_and_nothing_else()
    {
        string[] pieces =
            ["{{", "}}", ".", "$x", " ", "range", "end", "if", "else", "|", "(", ")", "\"", "-", "json", "printf", "slice", "pad", "index",
                ".Args", ":=", "1", ",", "/*",
                "*/", "x"];
        var random = new Random(20261122);
        for (int i = 0; i < 20_000; i++)
        {
            string format = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                Template.Parse(format).Render(TemplateDocument.OfJson(Document));
            }
            catch (TemplateException)
            {
                // The one way to say no.
            }
            catch (Exception e)
            {
                Assert.Fail($"{format}: {e}");
            }
        }
    }
}
