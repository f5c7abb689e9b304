using System.Text.Json.Nodes;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Api.Texts;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Tests.Unit.Cli;

public sealed class ListTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Networks_are_a_table_as_Dockers_in_order_of_names()
    {
        string table = Render(null, NetworkRows.Of([Network("front"), Network("bridge")], truncate: true));

        Assert.Equal(
            """
            NETWORK ID     NAME      DRIVER    SCOPE
            aaaaaaaaaaaa   bridge    bridge    local
            aaaaaaaaaaaa   front     bridge    local

            """,
            table);
    }

    [Fact]
    public void Containers_are_a_table_with_cut_commands_and_both_families_ports()
    {
        string table = ListFormat.Parse("table", ContainerRows.DefaultColumns).Render(
            ContainerRows.Of(
                [Container("web"), Container("db") with { Ports = null, Status = "Exited (0) 1 second ago" }], truncate: true, Now),
            ContainerRows.Headings);

        Assert.Equal(
            "CONTAINER ID   COMMAND                  CREATED         STATUS                    " +
            "PORTS                                             NAMES\n" +
            "bbbbbbbbbbbb   \"busybox httpd -f -p…\"   3 minutes ago   Up 3 minutes              " +
            "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 90/udp   web\n" +
            "bbbbbbbbbbbb   \"busybox httpd -f -p…\"   3 minutes ago   Exited (0) 1 second ago   " +
            "                                                  db\n",
            table);
    }

    [Fact]
    public void Json_is_one_document_a_line_and_a_template_one_line_a_row()
    {
        IReadOnlyList<JsonObject> rows = NetworkRows.Of([Network("a"), Network("b")], truncate: false);

        Assert.Equal(
            ["a", "b"], Render("json", rows).TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!["Name"]!.GetValue<string>()));
        Assert.Equal("a local\nb local\n", Render("{{.Name}} {{.Scope}}", rows));
        Assert.Equal("NAME      LABELS\na         k=v,x=y\nb         k=v,x=y\n", Render("table {{.Name}}\\t{{.Labels}}", rows));
        Assert.Equal("v\nv\n", Render("{{.Label \"k\"}}", rows));
        Assert.Equal(new string('a', 64), Render("{{.ID}}", rows).Split('\n')[0]);
    }

    [Fact]
    public void A_field_that_rows_do_not_have_is_refused_even_when_there_are_no_rows_but_headings()
    {
        TemplateException error = Assert.Throws<TemplateException>(() => Render("table {{.Nmae}}", []));

        Assert.Contains("Nmae", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.2, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "About a minute")]
    [InlineData(180, "3 minutes")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(7200, "2 hours")]
    [InlineData(172800, "2 days")]
    [InlineData(1209600, "2 weeks")]
    [InlineData(5184000, "2 months")]
    [InlineData(63072000, "2 years")]
    [InlineData(-5, "Less than a second")]
    public void Times_are_told_in_Dockers_words(double seconds, string words) =>
        Assert.Equal(words, HumanDuration.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Inspect_prints_an_array_a_line_each_or_a_template()
    {
        TemplateDocument[] documents =
        [
            TemplateDocument.OfJson(JsonNode.Parse("""{"Id":"a+b<c>","L":[]}""")),
            TemplateDocument.OfJson(JsonNode.Parse("""{"Id":"é"}""")),
        ];

        Assert.Equal(
            "[\n    {\n        \"Id\": \"a+b<c>\",\n        \"L\": []\n    },\n    {\n        \"Id\": \"é\"\n    }\n]\n",
            InspectFormat.Parse(null).Render(documents));
        Assert.Equal("{\"Id\":\"a+b<c>\",\"L\":[]}\n{\"Id\":\"é\"}\n", InspectFormat.Parse("json").Render(documents));
        Assert.Equal("a+b<c>\né\n", InspectFormat.Parse("{{.Id}}").Render(documents));
        Assert.Equal("[]\n", InspectFormat.Parse(null).Render([]));
    }

    private static string Render(string? format, IReadOnlyList<JsonObject> rows) =>
        ListFormat.Parse(format, NetworkRows.DefaultColumns).Render(rows, NetworkRows.Headings);

    private static NetworkResource Network(string name) => new()
    {
        Name = name,
        Id = new string('a', 64),
        Scope = "local",
        Driver = "bridge",
        IPAM = new NetworkIpam(),
        Labels = new Dictionary<string, string> { ["x"] = "y", ["k"] = "v" },
    };

    private static ContainerSummary Container(string name) => new()
    {
        Id = new string('b', 64),
        Names = ["/" + name],
        Command = "busybox httpd -f -p 80",
        Created = Now.AddMinutes(-3).ToUnixTimeSeconds(),
        State = "running",
        Status = "Up 3 minutes",
        Ports =
        [
            new PortSummary { PrivatePort = 90, Type = "udp" },
            new PortSummary { IP = "::", PrivatePort = 80, PublicPort = 8080, Type = "tcp" },
            new PortSummary { IP = "0.0.0.0", PrivatePort = 80, PublicPort = 8080, Type = "tcp" },
        ],
    };
}
