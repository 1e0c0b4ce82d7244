package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "down",
                "deploy",
                "call",
                "invoke",
                "functions",
                "services",
                "versions",
                "instances",
                "release",
                "rollback",
                "rm",
                "events",
                "doctor",
                "logs",
                "calls",
                "status",
                "users",
                "users add",
                "apps",
                "apps add",
                "envs",
                "envs add",
                "grant",
                "permissions",
                "permissions add",
                "permissions remove",
                "permissions set",
                "permissions on",
                "permissions off",
                "permissions tokens",
                "triggers",
                "triggers run",
                "inbox",
                "faults",
                "faults add",
                "faults clear",
                "journal",
                "journal verify",
                "journal clear",
                "clock"
            })
    void everyCommandTeachesWithExamples(String command) {
        Typed typed = Typed.in(folder, (command + " --help").split(" "));
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).contains("Usage: berth " + command, "Example", "  berth " + command);
    }

    @Test
    void aloneItShowsWhatThereIs() {
        Typed typed = Typed.in(folder);
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).contains("云泊", "Commands:", "deploy", "Exit codes:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    srvices                        | 'srvices'                    | services
                    users ad x                     | 'ad'                         | add
                    deploy . --acces MINIAPP       | --acces                      | --access
                    deploy . --access FOO          | MINIAPP, PUBLIC              | berth deploy --help
                    logs                           | NAME                         | berth logs --help
                    logs x -n -1                   | --lines: -1                  | -n 50
                    calls -n 0                     | --limit: 0                   | -n 20
                    calls -f                       | without --wechat             | calls --wechat -f
                    calls -n x                     | 'x' is not an int            | berth calls --help
                    envs add prod-02               | --app                        | berth envs add --help
                    call x y                       | path: y                      | /y
                    call x /a{b                    | Illegal character            | %20
                    call x / -H nothing            | -H: nothing                  | X-Trace
                    call x / -H Host:a             | Host                         | Name: value
                    call x / -d @missing           | missing cannot be read       | without the @
                    invoke sum -d {a}              | -d: {a} (expected: a JSON     | berth invoke sum -d
                    invoke sum -d [1]              | -d: [1] (expected: a JSON     | berth invoke sum -d
                    invoke sum -d @missing         | missing cannot be read       | without the @
                    invoke sum --from wx1          | --from: without --as         | --as alice --from wx1
                    invoke sum --inspect 70000     | 70000 (expected: 0 to 65535) | --inspect=9230
                    deploy missing                 | missing does not exist       | berth deploy
                    deploy . --port 70000          | 70000 (expected: 1 to 65535) | --port 8080
                    deploy . --release blue        | --release: blue              | gray
                    deploy . --release gray        | --weight: missing            | --weight 20
                    deploy . --weight 20           | without --release gray       | --release gray
                    deploy . --release gray --weight 100 | 100 (expected: 1 to 99 | --weight 20
                    release x                      | VERSION                      | berth release --help
                    release x y --weight 101       | --weight: 101                | --weight 20
                    rm x/y/z --yes                 | expected: NAME               | berth rm
                    permissions add                | PATH                         | berth permissions add --help
                    permissions add http://api.weixin.qq.com/wxa/msg_sec_check?a=b | no host, no query | add /wxa/msg_sec_check
                    permissions add wxa/msg_sec_check | permission: wxa          | add /wxa/msg_sec_check
                    permissions add api.weixin.qq.com/wxa/a/ | permission: api   | add /wxa/a
                    permissions add /wxa/../cgi-bin | permission: /wxa/..        | add --help
                    permissions remove /a?b        | permission: /a?b            | remove /a
                    permissions set missing.txt    | missing.txt cannot be read  | or -
                    permissions set -              | no path in it               | berth permissions off
                    permissions tokens maybe       | 'maybe'                      | berth permissions tokens --help
                    faults add --errcode 1 --reset | mutually exclusive           | berth faults add --help
                    journal verify --body nonsense | --body: nonsense            | hello
                    journal -n 0                   | --limit: 0                  | -n 20
                    clock --set 1 --reset          | mutually exclusive           | berth clock --help
                    rm x                           | no terminal to ask           | --yes
                    rm x --function                | no terminal to ask           | berth rm x --function --yes
                    events -n 0                    | --limit: 0                   | -n 20
                    invoke sum 5                   | Unmatched argument           | The event goes with -d: berth invoke sum -d 5
                    invoke sum {"a":1}             | Unmatched argument           | The event goes with -d: berth invoke sum -d '{"a":1}'
                    invoke sum @event.json         | Unmatched argument           | berth invoke sum -d @event.json
                    invoke sum a:1 b:2             | Unmatched arguments          | in quotes: berth invoke sum -d '{"a":1}'
                    invoke sum {"a":1} --lgo       | --lgo                        | See berth invoke --help
                    call todo /a?x=1 {"a":1}       | Unmatched argument           | The body goes with -d: berth call todo '/a?x=1' -d '{"a":1}'
                    triggers run                   | FUNCTION                     | berth triggers run --help
                    deploy . --min 3 --max 2       | min: 3, max: 2               | --max 5
                    deploy . --name Shop           | 服务名称                     | --name
                    """)
    void wrongUsageSaysWhatIsWrongAndWhatToDo(String line, String wrong, String hint) {
        Typed typed = Typed.in(folder, line.split(" "));
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines()).hasSize(2);
        assertThat(typed.err().lines().toList().getFirst())
                .startsWith("error: ")
                .contains(wrong);
        assertThat(typed.err().lines().toList().getLast()).startsWith("  → ").contains(hint);
    }
}
