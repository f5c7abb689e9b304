using Net.Cnm.Errors;
using Net.Shims.Commands;

namespace Net.Tests.Unit.Shims;

public sealed class CommandLookupTests
{
    [Fact]
    public void The_first_executable_in_PATH_wins_and_the_last_PATH_counts() =>
        Assert.Equal("/bin/sh", CommandLookup.Find("sh", ["PATH=/nosuch", "PATH=/etc:/nosuch:/bin:/usr/bin"], "/"));

    [Fact]
    public void Without_PATH_the_usual_directories_are_searched() =>
        Assert.EndsWith("/sh", CommandLookup.Find("sh", [], "/"), StringComparison.Ordinal);

    [Fact]
    public void Relative_entries_of_PATH_are_passed_over()
    {
        CnmException error = Assert.Throws<CnmException>(() => CommandLookup.Find("sh", ["PATH=.:bin"], "/"));
        Assert.Equal(CnmErrorKind.CommandNotFound, error.Kind);
    }

    [Fact]
    public void A_name_with_a_slash_is_taken_from_the_working_directory() =>
        Assert.Equal("/bin/./sh", CommandLookup.Find("./sh", [], "/bin"));
}
