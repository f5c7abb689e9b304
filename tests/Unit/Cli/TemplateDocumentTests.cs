using Net.Api;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Cli.Templates;

namespace Net.Tests.Unit.Cli;

/// <summary>What a template prints for names that the JSON of a document does not have.</summary>
public sealed class TemplateDocumentTests
{
    private static readonly TemplateDocument Network = TemplateDocument.Of(
        new NetworkResource
        {
            Name = "front",
            Id = new string('a', 64),
            Scope = "local",
            Driver = "bridge",
            IPAM = new NetworkIpam { Config = [new NetworkIpamPool { Subnet = "172.18.0.0/22" }] },
            Labels = new Dictionary<string, string> { ["tier"] = "front" },
        },
        ApiJson.Wire.NetworkResource);

    private static readonly TemplateDocument Container = TemplateDocument.Of(
        new ContainerDetails
        {
            Id = new string('b', 64),
            Name = "/web",
            State = new ContainerState { Status = "created" },
            Config = new ContainerConfig { Labels = new Dictionary<string, string>() },
            HostConfig = new ContainerHostConfig(),
            NetworkSettings = new ContainerNetworkSettings
            {
                Gateway = "172.17.0.1",
                Ports = new Dictionary<string, IReadOnlyList<PortBinding>?> { ["80/tcp"] = null },
                Networks = new Dictionary<string, EndpointSettings> { ["bridge"] = new() { IPAddress = "172.17.0.2" } },
            },
        },
        ApiJson.Wire.ContainerDetails);

    [Theory]
    [InlineData("{{index .Labels \"none\"}}|{{index .Labels \"tier\"}}", "|front")]
    [InlineData("{{.Labels.none}}|{{.Labels.tier}}", "<no value>|front")]
    [InlineData("{{index .Options \"none\"}}|{{len .Options}}|{{json .Options}}", "|0|null")]
    [InlineData(
        "{{range .IPAM.Config}}{{.Subnet}}|{{.Gateway}}|{{.IPRange}}|{{index .AuxiliaryAddresses \"x\"}}{{end}}", "172.18.0.0/22|||")]
    [InlineData("{{with index .IPAM.Config 0}}{{.Gateway}}{{end}}{{(index .IPAM.Config 0).Gateway}}", "")]
    [InlineData("{{len .PublishedPorts}}{{range .PublishedPorts}}x{{else}}none{{end}}", "0none")]
    [InlineData("{{.Created}}", "0001-01-01T00:00:00Z")]
    public void A_network_is_printed_as_Go_prints_it(string format, string expected) =>
        Assert.Equal(expected, Template.Parse(format).Render(Network));

    [Theory]
    [InlineData("{{.NetworkSettings.Gateway}} {{.NetworkSettings.IPAddress}}|{{.NetworkSettings.IPPrefixLen}}", "172.17.0.1 |0")]
    [InlineData("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "172.17.0.2")]
    [InlineData("{{index .Config.Labels \"none\"}}|{{index .NetworkSettings.Networks.bridge.DriverOpts \"none\"}}", "|")]
    [InlineData("{{.Config.Cmd}} {{.Config.ExposedPorts}} {{json .Config.Cmd}}", "[] map[] null")]
    [InlineData("{{index .NetworkSettings.Ports \"80/tcp\"}}{{index .NetworkSettings.Ports \"90/tcp\"}}", "[][]")]
    [InlineData("{{json .NetworkSettings.Ports}}", "{\"80/tcp\":null}")]
    [InlineData("{{.State.StartedAt}} {{.State.Paused}}{{.State.Restarting}}{{.State.OOMKilled}}{{.State.Dead}}",
        "0001-01-01T00:00:00Z falsefalsefalsefalse")]
    [InlineData("{{.RestartCount}} {{.HostConfig.RestartPolicy.Name}} {{.Config.User}}|{{.Config.Image}}|", "0 no ||")]
    public void A_container_is_printed_as_Go_prints_it(string format, string expected) =>
        Assert.Equal(expected, Template.Parse(format).Render(Container));

    // Each of these is a field of another document, which is left out there when it is empty.
    [Theory]
    [InlineData("{{.Gateway}}")]
    [InlineData("{{.Subnet}}")]
    [InlineData("{{.State.IPv4Address}}")]
    [InlineData("{{.Config.Gateway}}")]
    [InlineData("{{.NetworkSettings.Networks.bridge.IP}}")]
    [InlineData("{{.HostConfig.PublicPort}}")]
    [InlineData("{{.NetworkSettings.PublishedPorts}}")]
    [InlineData("{{range .NetworkSettings.Networks}}{{.Subnet}}{{end}}")]
    [InlineData("{{.NetworkSettings.Networks.nosuch.IPAddress}}")]
    public void A_field_that_the_document_s_type_does_not_have_is_an_error(string format) =>
        Assert.Throws<TemplateException>(() => Template.Parse(format).Render(Container));

    [Fact]
    public void A_format_never_needs_more_than_the_width_and_precision_that_are_sensible() =>
        Assert.Equal(400 + 2, Template.Parse("{{printf \"%.99999999999f\" 1}}").Render(Container).Length);
}
