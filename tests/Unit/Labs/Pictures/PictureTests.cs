using System.Text.Json.Nodes;
using System.Xml.Linq;
using Net.Labs.Pictures;
using Net.Labs.Pictures.Parts;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Labs.Pictures;

/// <summary>What pictures look like. <c>UPDATE_GOLDEN=1</c> writes the files in Goldens anew; whoever does looks at them.</summary>
public sealed class PictureTests
{
    private static readonly Dictionary<string, Picture> Samples = new(StringComparer.Ordinal)
    {
        ["small"] = SamplePictures.Small,
        ["fifty"] = SamplePictures.Fifty,
        ["several"] = SamplePictures.Several,
        ["crowd"] = SamplePictures.Crowd,
        ["hosts"] = SamplePictures.TwoHosts,
        ["hostile"] = SamplePictures.Hostile,
    };

    public static TheoryData<string, string> All =>
        [.. Samples.Keys.SelectMany(name => PictureFormats.Names.Select(format => (name, format)))];

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Picture_is_the_golden_one(string name, string format)
    {
        string drawn = PictureFormats.Draw(Samples[name], format, 100);
        string file = $"{name}.{(format == "text" ? "txt" : format)}";
        string path = Path.Combine(Repository.Root, "tests", "Unit", "Labs", "Pictures", "Goldens", file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, drawn);
        }

        Assert.Equal(File.ReadAllText(path), drawn);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Order_of_what_is_drawn_does_not_matter(string name, string format) => Assert.Equal(
        PictureFormats.Draw(Samples[name], format, 100), PictureFormats.Draw(Reversed(Samples[name]), format, 100));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_address_of_a_container_that_runs_is_in_the_picture(string name, string format)
    {
        string drawn = PictureFormats.Draw(Samples[name], format, 100);
        Assert.All(
            Samples[name].Hosts.SelectMany(host => host.Containers).SelectMany(container => container.Endpoints),
            endpoint => Assert.All(endpoint.Addresses, address => Assert.Contains(address, drawn, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_that_a_terminal_obeys_is_in_a_picture(string name, string format) => Assert.DoesNotContain(
        PictureFormats.Draw(Samples[name], format, 100), letter => letter is < ' ' and not '\n' or '\u202e' or '\x7f');

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_has_no_line_that_is_longer_than_the_terminal(string name)
    {
        foreach (int columns in (int[])[60, 80, 100])
        {
            Assert.All(
                PictureFormats.Draw(Samples[name], "text", columns).Split('\n'),
                line => Assert.True(line.Length <= columns || name == "hostile", $"{line.Length} > {columns}: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Drawing_is_well_formed_and_has_neither_scripts_nor_what_is_elsewhere(string name)
    {
        var document = XDocument.Parse(PictureFormats.Draw(Samples[name], "svg", 100));
        string[] elements = [.. document.Descendants().Select(element => element.Name.LocalName).Distinct()];
        Assert.Subset(
            new HashSet<string> { "svg", "title", "desc", "style", "rect", "polyline", "circle", "path", "text" }, elements.ToHashSet());
        Assert.DoesNotContain(document.Descendants().Attributes(), attribute => attribute.Name.LocalName.Contains("href")
            || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", document.Root!.Elements().Single(e => e.Name.LocalName == "style").Value, StringComparison.Ordinal);
    }

    // Independently of how the places were found: text in a box is inside of it, and boxes do not cover each other.
    [Theory]
    [MemberData(nameof(Names))]
    public void Boxes_of_a_drawing_do_not_overlap_and_hold_their_text(string name)
    {
        XElement root = XDocument.Parse(PictureFormats.Draw(Samples[name], "svg", 100)).Root!;
        string[] frames = ["paper", "host", "band"];
        XElement[] boxes = [.. Of("rect").Where(rect => !frames.Contains((string?)rect.Attribute("class")))];
        XElement[] solid = [.. boxes.Where(rect => (string?)rect.Attribute("class") != "plain")];
        foreach ((int index, XElement one) in solid.Index())
        {
            Assert.DoesNotContain(solid.Skip(index + 1), other =>
                Left(one) < Right(other) && Left(other) < Right(one) && Top(one) < Bottom(other) && Top(other) < Bottom(one));
        }

        XElement paper = Of("rect").Single(rect => (string?)rect.Attribute("class") == "paper");
        foreach (XElement text in Of("text").Where(text => (string?)text.Attribute("class") != "title"))
        {
            double width = text.Value.Length * 12 * 0.602;
            Assert.Contains(boxes, box => Left(box) <= Left(text) && Left(text) + width <= Right(box)
                && Top(box) + 10 <= Top(text) && Top(text) + 3 <= Bottom(box));
        }

        Assert.All(boxes, box => Assert.True(Right(box) < Right(paper) && Bottom(box) < Bottom(paper)));

        IEnumerable<XElement> Of(string element) => root.Descendants().Where(e => e.Name.LocalName == element);
    }

    [Fact]
    public void Json_has_the_documented_fields()
    {
        JsonNode host = JsonNode.Parse(PictureFormats.Draw(SamplePictures.Small, "json", 100))!["hosts"]![0]!;
        JsonNode web = host["containers"]!.AsArray().Single(container => (string?)container!["name"] == "web")!;
        Assert.Equal(["back", "front", "wire"], host["networks"]!.AsArray().Select(network => (string?)network!["name"]));
        Assert.Equal("networks", (string?)web["mode"]);
        Assert.Equal("172.18.0.2/16", (string?)web["endpoints"]![0]!["addresses"]![0]);
        Assert.Equal("eth0", (string?)web["endpoints"]![0]!["interface"]);
        Assert.Equal(
            ("*", 8080, 80, 1, "tcp"),
            web["ports"]!.AsArray().Select(port => ((string)port!["hostAddress"]!, (int)port["hostPort"]!, (int)port["containerPort"]!,
                (int)port["count"]!, (string)port["protocol"]!)).First());
        Assert.Equal(3, (int)web["ports"]!.AsArray().Single(port => (int)port!["hostPort"]! == 9000)!["count"]!);
        JsonNode hostile = JsonNode.Parse(PictureFormats.Draw(SamplePictures.Hostile, "json", 100))!["hosts"]![0]!;
        Assert.Equal(SamplePictures.Evil, (string?)hostile["containers"]![0]!["name"]);
    }

    [Theory]
    [InlineData("web2", "web10")]
    [InlineData("web", "web1")]
    [InlineData("a1b2", "a1b10")]
    [InlineData("a9", "b1")]
    [InlineData("web01", "web2")]
    public void Names_are_in_the_order_in_which_people_count(string first, string second)
    {
        Picture picture = new()
        {
            Hosts = [new PicturedHost { Name = second }, new PicturedHost { Name = first }],
        };
        Assert.Equal([first, second], PictureOrder.Of(picture).Hosts.Select(host => host.Name));
    }

    [Fact]
    public void Unknown_format_is_refused_with_those_that_there_are()
    {
        FormatException refused = Assert.Throws<FormatException>(() => PictureFormats.Draw(SamplePictures.Small, "png", 100));
        Assert.All(PictureFormats.Names, name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }

    private static Picture Reversed(Picture picture) => new()
    {
        Hosts =
        [
            .. picture.Hosts.Reverse().Select(host => host with
            {
                Uplinks = [.. host.Uplinks.Reverse()],
                Networks = [.. host.Networks.Reverse()],
                Containers =
                [
                    .. host.Containers.Reverse().Select(container => container with
                    {
                        Ports = [.. container.Ports.Reverse()],
                        Endpoints = [.. container.Endpoints.Reverse().Select(endpoint => endpoint with
                        {
                            Aliases = [.. endpoint.Aliases.Reverse()],
                        })],
                    }),
                ],
            }),
        ],
        Wires = [.. picture.Wires.Reverse().Select(wire => wire with { Ends = [.. wire.Ends.Reverse()] })],
    };

    private static double Number(XElement element, string name) => (double)element.Attribute(name)!;

    private static double Left(XElement element) => Number(element, "x");

    private static double Top(XElement element) => Number(element, "y");

    private static double Right(XElement element) => Left(element) + Number(element, "width");

    private static double Bottom(XElement element) => Top(element) + Number(element, "height");
}
