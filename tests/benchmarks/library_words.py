"""The words that made-up libraries are made of: English by frequency, names with accents, three other scripts."""

from __future__ import annotations

# The commonest English words by rank, then those of this subject, then made-up ones to fill a vocabulary.
COMMON = """the of and to in a is that for on with as by was are be from at this an which or have it were not their has
its been will but more can also one other they had these all may between into new such than after first two over we
would his there about when who no so time only most some she her if out up said many made what under during where
through should could year while both those being then three he like because years each people against before""".split()
SUBJECT = """technology dialogue cooperation security government partnership minister critical emerging
semiconductor supply chain research agreement meeting countries policy trade investment energy innovation
telecommunications quantum artificial intelligence defence export controls standards space nuclear battery
materials chips network adviser summit bilateral trilateral ministry council industry development strategic
regional economic joint statement working group officials talks plan initiative framework resilience infrastructure
satellite biotechnology cyber data mineral""".split()
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo ya zu bre cla dri flo gre pla ste tra".split()
GIVEN = "José Łukasz Søren Zoë François Müge Đorđe Anaïs Chloé Björk Ana Priya Min-jun Wei Amara Tomáš".split()
FAMILY = "Müller Nguyễn Šimek O’Brien García Kowalski Østergård Strauß Papadópoulos Kim Rao Chen Diaz Okafor".split()
OTHER_SCRIPTS = (
    "한국과 미국은 핵심 신흥 기술 대화를 열고 반도체 공급망 협력을 논의했다",
    "भारत और दक्षिण कोरिया ने अर्धचालक और दूरसंचार में सहयोग पर बातचीत की",
    "三国计划就关键和新兴技术举行对话并讨论半导体供应链合作",
)

# What only large libraries have more of.
MORE_GIVEN = """Agnieszka Ágnes Aïcha André Ángel Aurélie Ayşe Beáta Bożena Çağla Céline Dagný Desirée Éamon Eßer
Fátima Gérard Gökçe Hélène Håkon Iñigo Ïsa Jānis Jérôme Jiří Joaquín Jürgen Kärt Ķesteris Léa Līga Małgorzata Mårten
María Mátyás Nadège Niño Noémie Ömer Özlem Óscar Pål Paweł Raúl René Róisín Şebnem Sébastien Stanisław Şükrü Théo
Thaïs Ülkü Vĩnh Wojciech Xènia Ýrr Žaneta Željko Zdeněk Anil Boris Daniel Elena Grace Hiro Ivan Kavya Laura Maria
Meera Nikhil Omar Peter Ravi Sana Thomas Uma Victor""".split()
MORE_FAMILY = """Ångström Báez Błaszczyk Böhm Brânză Çelik Chłopicki Cañas Cézar Dąbrowski Démé Dvořák Đặng Erdoğan
Eklöf Fernández Fjällström Gagné Göransson Gądek Hăulică Hernández Højgaard Ibáñez Jørgensen Jönsson Kačić Köhler
Krüger Lévesque Łuczak Löfgren Martínez Mäkinen Michałowski Mørk Núñez Nørgaard Ólafsson Öztürk Pérez Pęksa Ramírez
Řezníček Rodríguez Sánchez Schröder Şahin Świątek Štěpánek Thúy Trần Ünal Vásquez Väisänen Wójcik Wałęsa Yıldız
Żeromski Zúñiga Adams Banerjee Choi Das Evans Fischer Gupta Hall Iyer Jain Khan Lee Mehta Novak Park Reddy Singh
Tanaka""".split()
JOINTS = ("of", "and", "on", "for", "in", "with", "the")
"""What stands between the words of a title now and then."""

KOREAN = """한국 미국 일본 중국 인도 정부 장관 대화 회의 협력 기술 반도체 공급망 핵심 신흥 양자
인공지능 우주 원자력 배터리 광물 통신 안보 전략 경제 무역 투자 수출 통제 표준 연구
개발 산업 협정 성명 공동 지역 국방 외교 대통령 총리 정상회담 실무 위성 생명공학 사이버
데이터 에너지 기후 해양 대학 기업 시장 인력 교육 혁신 지원 계획 제도 규제 보고서
대표단 위원회 기관""".split()
KOREAN_PARTICLES = ("", "은", "는", "이", "가", "을", "를", "의", "에", "에서", "와", "과", "로", "도")
HINDI = """भारत कोरिया अमेरिका जापान चीन सरकार मंत्री वार्ता बैठक सहयोग प्रौद्योगिकी अर्धचालक आपूर्ति श्रृंखला महत्वपूर्ण उभरती
क्वांटम अंतरिक्ष परमाणु बैटरी खनिज दूरसंचार सुरक्षा रणनीति आर्थिक व्यापार निवेश निर्यात नियंत्रण मानक अनुसंधान विकास उद्योग समझौता
संयुक्त वक्तव्य क्षेत्रीय रक्षा विदेश राष्ट्रपति प्रधानमंत्री शिखर सम्मेलन उपग्रह जैव साइबर आंकड़े ऊर्जा जलवायु समुद्र विश्वविद्यालय
कंपनी बाजार शिक्षा नवाचार योजना नियम रिपोर्ट प्रतिनिधिमंडल समिति संस्था और में पर के लिए से की को ने है""".split()
CHINESE = """中国 美国 日本 韩国 印度 政府 部长 对话 会议 合作 技术 半导体 供应链 关键 新兴 量子 人工智能 太空 核能 电池
矿产 电信 安全 战略 经济 贸易 投资 出口 管制 标准 研究 发展 产业 协定 声明 联合 地区 国防 外交 总统 总理 峰会 卫星
生物 网络 数据 能源 气候 海洋 大学 企业 市场 教育 创新 支持 计划 制度 监管 报告 代表团 委员会 机构 举行 讨论 宣布
加强 推动 建立 签署 就 和 与 在 将 已 的""".split()
