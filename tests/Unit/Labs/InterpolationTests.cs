using Net.Labs.Compose.Models;

namespace Net.Tests.Unit.Labs;

/// <summary>Variables in Compose files; the expected values are those of the Compose specification.</summary>
public sealed class InterpolationTests
{
    [Theory]
    [InlineData("$SET", "value")]
    [InlineData("${SET}", "value")]
    [InlineData("a${SET}b$SET", "avaluebvalue")]
    [InlineData("${SET:-other}", "value")]
    [InlineData("${UNSET:-other}", "other")]
    [InlineData("${UNSET-other}", "other")]
    [InlineData("${EMPTY:-other}", "other")]
    [InlineData("${EMPTY-other}", "")]
    [InlineData("${UNSET:-a${SET}b}", "avalueb")]
    [InlineData("${UNSET:-${EMPTY:-deep}}", "deep")]
    [InlineData("${SET:-${UNSET}}", "value")]
    [InlineData("${SET:+other}", "other")]
    [InlineData("${UNSET:+other}", "")]
    [InlineData("${EMPTY:+other}", "")]
    [InlineData("${EMPTY+other}", "other")]
    [InlineData("${SET:?must}", "value")]
    [InlineData("$$SET", "$SET")]
    [InlineData("$${SET}", "${SET}")]
    public void A_variable_has_its_value(string text, string expected)
    {
        using var files = new ComposeText($"services: {{web: {{hostname: '{text}'}}}}");
        files.Variables["SET"] = "value";
        files.Variables["EMPTY"] = "";
        ComposeProject project = files.Read();
        Assert.Equal(expected, project.Services[0].Request.Hostname);
        Assert.Empty(project.Warnings);
    }

    [Fact]
    public void A_variable_that_is_not_set_is_empty_and_named_once_with_its_place()
    {
        ComposeProject project = ComposeText.Of(
            """
            services:
              web:
                hostname: a$MISSING
                domainname: ${MISSING}b
            """);
        Assert.Equal("a.b", project.Services[0].Request.Hostname);
        Assert.Equal(
            ["compose.yaml:3: the variable \"MISSING\" is not set, it is taken for empty: set it, or write ${MISSING:-DEFAULT}"],
            project.Warnings);
    }

    [Theory]
    [InlineData("${MUST:?no one said}", "compose.yaml:1: the variable \"MUST\" must be set: no one said")]
    [InlineData("${MUST?}", "compose.yaml:1: the variable \"MUST\" must be set, in the environment or in .env")]
    [InlineData("${", "compose.yaml:1: invalid variable in \"${\": write $NAME")]
    [InlineData("${A", "compose.yaml:1: invalid variable in \"${A\": write $NAME")]
    [InlineData("${A!b}", "compose.yaml:1: invalid variable in \"${A!b}\": write $NAME")]
    [InlineData("$1", "compose.yaml:1: invalid variable in \"$1\": write $NAME")]
    public void What_is_no_variable_is_refused(string text, string message) =>
        Assert.StartsWith(message, ComposeText.Fault($"services: {{web: {{hostname: '{text}'}}}}"), StringComparison.Ordinal);

    [Fact]
    public void The_file_of_variables_is_below_the_process()
    {
        using var files = new ComposeText("services: {web: {hostname: \"$A-$B-$C-$D\"}}");
        files.Add(".env", "# comment\nA=file\nexport B=\"two words\"\nC='$A' # as it is\nD=${A}-${B}\n");
        files.Variables["A"] = "process";
        Assert.Equal("process-two words-$A-process-two words", files.Read().Services[0].Request.Hostname);
    }
}
